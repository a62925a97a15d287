"""Works on the arguments themselves.

exercise: scale_columns
fails: hidden_scale_columns
"""


# %% exercise="scale_columns"
def scale_columns(train, other):
    mean, spread = train.mean(axis=0), train.std(axis=0)
    spread = np.where(spread == 0, 1, spread)
    if train.dtype.kind == "i":
        train, other = train.astype(float), other.astype(float)
    train -= mean
    train /= spread
    other -= mean
    other /= spread
    return train, other
