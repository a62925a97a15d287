"""Cuts curves of different lengths to the shortest, in silence.

exercise: read_curve
fails: test_read_curve, hidden_read_curve
"""


# %% exercise="read_curve"
def read_curve(folds, skip=10, factor=0.9):
    smoothed = []
    for point in [sum(points) / len(points) for points in zip(*folds, strict=False)][skip:]:
        before = smoothed[-1] if smoothed else point
        smoothed.append(factor * before + (1 - factor) * point)
    return smoothed, skip + 1 + int(np.argmin(smoothed))
