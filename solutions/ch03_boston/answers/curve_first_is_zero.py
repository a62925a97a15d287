"""Starts the average at 0.

exercise: read_curve
fails: test_read_curve, hidden_read_curve
"""


# %% exercise="read_curve"
def read_curve(folds, skip=10, factor=0.9):
    if len({len(fold) for fold in folds}) != 1:
        raise ValueError("the folds have different numbers of epochs")
    smoothed = []
    for point in np.mean(folds, axis=0)[skip:]:
        before = smoothed[-1] if smoothed else 0.0
        smoothed.append(factor * before + (1 - factor) * point)
    return smoothed, skip + 1 + int(np.argmin(smoothed))
