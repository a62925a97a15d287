"""Four epochs, as in the book, whatever was asked for.

exercise: retrain
fails: test_retrain_training, hidden_retrain_training
"""


# %% exercise="retrain"
def best_epoch(history):
    return int(np.argmin(history["val_loss"])) + 1


def retrain(build, x, y, epochs, batch_size=512):
    model = build()
    model.fit(x, y, epochs=4, batch_size=batch_size, verbose=0)
    return model
