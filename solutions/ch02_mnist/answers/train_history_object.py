"""Returns the object that `fit` returns, not the dict in it.

exercise: train_model
fails: test_train_model, hidden_train_model
"""


# %% exercise="train_model"
def train_model(model, x, y, epochs=5, batch_size=128):
    return model.fit(x, y, epochs=epochs, batch_size=batch_size, verbose=0)


def my_bet():
    return 0.95
