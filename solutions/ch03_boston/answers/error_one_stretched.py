"""Stretches a single prediction over many prices.

exercise: mean_error
fails: test_mean_error, hidden_mean_error
"""


# %% exercise="mean_error"
def mean_error(y_true, y_pred):
    return float(np.mean(np.abs(np.ravel(y_true) - np.ravel(y_pred))))
