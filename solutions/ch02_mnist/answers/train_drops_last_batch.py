"""Leaves out the rows that do not fill a batch.

exercise: train_model
fails: test_train_model, hidden_train_model
"""


# %% exercise="train_model"
def train_model(model, x, y, epochs=5, batch_size=128):
    full = max(len(x) // batch_size, 1) * batch_size
    fitted = model.fit(x[:full], y[:full], epochs=epochs, batch_size=batch_size, verbose=0)
    return fitted.history


def my_bet():
    return 0.95
