"""Watches the test rows while it trains.

exercise: train_model
fails: test_train_model, hidden_train_model
"""


# %% exercise="train_model"
def train_model(model, x, y, epochs=5, batch_size=128):
    test = (x_test, y_test)
    fitted = model.fit(x, y, epochs=epochs, batch_size=batch_size, validation_data=test, verbose=0)
    return fitted.history


def my_bet():
    return 0.95
