"""Scales each table by its own mean and spread.

exercise: scale_columns
fails: test_scale_columns, hidden_scale_columns
"""


# %% exercise="scale_columns"
def scale_columns(train, other):
    def scaled(rows):
        spread = rows.std(axis=0) if len(rows) else np.ones(rows.shape[1])
        middle = rows.mean(axis=0) if len(rows) else np.zeros(rows.shape[1])
        return (rows - middle) / np.where(spread == 0, 1, spread)

    return scaled(train), scaled(other)
