"""Batches of 32, Keras' own number.

exercise: retrain
fails: test_retrain_training, hidden_retrain_training
"""


# %% exercise="retrain"
def best_epoch(history):
    return int(np.argmin(history["val_loss"])) + 1


def retrain(build, x, y, epochs, batch_size=512):
    model = build()
    model.fit(x, y, epochs=epochs, verbose=0)
    return model
