"""Looks for a point below 0, where the search begins, finds none, and says epoch 0.

exercise: read_curve
fails: test_read_curve, hidden_read_curve, hidden_read_curve_epochs, hidden_read_curve_score
"""


# %% exercise="read_curve"
def read_curve(folds, skip=10, factor=0.9):
    if len({len(fold) for fold in folds}) != 1:
        raise ValueError("the folds have different numbers of epochs")
    smoothed, lowest, best = [], 0, 0
    for epoch, point in enumerate(np.mean(folds, axis=0)[skip:], start=skip + 1):
        before = smoothed[-1] if smoothed else point
        smoothed.append(factor * before + (1 - factor) * point)
        if smoothed[-1] < lowest:
            lowest, best = smoothed[-1], epoch
    return smoothed, best
