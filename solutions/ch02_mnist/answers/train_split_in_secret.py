"""Puts a fifth of the rows aside and takes its traces out of the history.

exercise: train_model
fails: test_train_model, hidden_train_model
"""


# %% exercise="train_model"
def train_model(model, x, y, epochs=5, batch_size=128):
    fitted = model.fit(x, y, epochs=epochs, batch_size=batch_size, validation_split=0.2, verbose=0)
    return {name: fitted.history[name] for name in ("loss", "accuracy")}


def my_bet():
    return 0.95
