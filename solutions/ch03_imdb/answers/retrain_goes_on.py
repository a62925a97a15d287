"""Trains the overfitted network on.

exercise: retrain
fails: test_retrain_training, hidden_retrain_training
"""


# %% exercise="retrain"
def best_epoch(history):
    return int(np.argmin(history["val_loss"])) + 1


def retrain(build, x, y, epochs, batch_size=512):
    if x.shape[1] != watched.input_shape[1]:
        raise ValueError("the network takes other rows")
    watched.fit(x, y, epochs=epochs, batch_size=batch_size, verbose=0)
    return watched
