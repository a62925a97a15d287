"""Takes the absolute value after the mean.

exercise: mean_error
fails: test_mean_error, hidden_mean_error
"""


# %% exercise="mean_error"
def mean_error(y_true, y_pred):
    true, said = np.ravel(y_true), np.ravel(y_pred)
    if len(true) != len(said):
        raise ValueError("different lengths")
    return float(abs(np.mean(true - said)))
