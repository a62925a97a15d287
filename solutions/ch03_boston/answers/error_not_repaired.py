"""Leaves the bug where it was.

exercise: mean_error
fails: test_mean_error, hidden_mean_error
"""


# %% exercise="mean_error"
def mean_error(y_true, y_pred):
    return float(np.mean(np.abs(y_true - y_pred)))
