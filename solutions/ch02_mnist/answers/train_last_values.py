"""Returns the values of the last epoch only.

exercise: train_model
fails: test_train_model, hidden_train_model
"""


# %% exercise="train_model"
def train_model(model, x, y, epochs=5, batch_size=128):
    history = model.fit(x, y, epochs=epochs, batch_size=batch_size, verbose=0).history
    return {name: values[-1] for name, values in history.items()}


def my_bet():
    return 0.95
