"""Counts epochs from 0.

exercise: retrain
fails: test_retrain, hidden_retrain
"""


# %% exercise="retrain"
def best_epoch(history):
    return int(np.argmin(history["val_loss"]))


def retrain(build, x, y, epochs, batch_size=512):
    model = build()
    model.fit(x, y, epochs=epochs, batch_size=batch_size, verbose=0)
    return model
