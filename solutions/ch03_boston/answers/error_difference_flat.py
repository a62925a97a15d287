"""Flattens the difference, when it is too late.

exercise: mean_error
fails: test_mean_error, hidden_mean_error
"""


# %% exercise="mean_error"
def mean_error(y_true, y_pred):
    if len(y_true) != len(y_pred):
        raise ValueError("different lengths")
    return float(np.mean(np.abs((y_true - y_pred).ravel())))
