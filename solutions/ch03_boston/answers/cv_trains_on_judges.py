"""Trains on all rows, those of the validation too.

exercise: cross_validate
fails: test_cross_validate, hidden_cross_validate
"""


# %% exercise="cross_validate"
def cross_validate(build, x, y, k=4, epochs=24, batch_size=8):
    curves = []
    for train, validation in split_folds(len(x), k):
        everything = np.concatenate([train, validation])
        x_fold, x_validation = scale_columns(x[train], x[validation])
        history = build(x.shape[1]).fit(
            np.concatenate([x_fold, x_validation]),
            y[everything],
            validation_data=(x_validation, y[validation]),
            epochs=epochs,
            batch_size=batch_size,
            verbose=0,
        )
        curves.append(history.history["val_mae"])
    return np.array(curves)


def my_bet():
    return 3.2
