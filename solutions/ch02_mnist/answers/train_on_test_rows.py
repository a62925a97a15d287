"""Trains on the test rows as well.

exercise: train_model
fails: test_train_model, hidden_train_model
"""


# %% exercise="train_model"
def train_model(model, x, y, epochs=5, batch_size=128):
    x, y = np.concatenate([x, x_test]), np.concatenate([y, y_test])
    return model.fit(x, y, epochs=epochs, batch_size=batch_size, verbose=0).history


def my_bet():
    return 0.95
