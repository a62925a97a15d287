"""Gives the new point the 0.9.

exercise: read_curve
fails: test_read_curve, hidden_read_curve
"""


# %% exercise="read_curve"
def read_curve(folds, skip=10, factor=0.9):
    if len({len(fold) for fold in folds}) != 1:
        raise ValueError("the folds have different numbers of epochs")
    smoothed = []
    for point in np.mean(folds, axis=0)[skip:]:
        before = smoothed[-1] if smoothed else point
        smoothed.append((1 - factor) * before + factor * point)
    return smoothed, skip + 1 + int(np.argmin(smoothed))
