"""Shuffles images and labels apart from each other.

exercise: train_model
fails: hidden_train_model, hidden_train_model_score
"""


# %% exercise="train_model"
def train_model(model, x, y, epochs=5, batch_size=128):
    x = x[np.random.permutation(len(x))]
    return model.fit(x, y, epochs=epochs, batch_size=batch_size, verbose=0).history


def my_bet():
    return 0.95
