"""Does not hand epochs on, so that Keras trains for one.

exercise: train_model
fails: test_train_model, hidden_train_model, hidden_train_model_score
"""


# %% exercise="train_model"
def train_model(model, x, y, epochs=5, batch_size=128):
    return model.fit(x, y, batch_size=batch_size, verbose=0).history


def my_bet():
    return 0.95
