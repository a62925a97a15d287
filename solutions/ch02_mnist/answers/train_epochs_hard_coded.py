"""Always trains for five epochs.

exercise: train_model
fails: test_train_model, hidden_train_model
"""


# %% exercise="train_model"
def train_model(model, x, y, epochs=5, batch_size=128):
    return model.fit(x, y, epochs=5, batch_size=batch_size, verbose=0).history


def my_bet():
    return 0.95
