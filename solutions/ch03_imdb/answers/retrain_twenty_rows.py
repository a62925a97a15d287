"""Trains on the twenty reviews from before and no others.

exercise: retrain
fails: hidden_retrain_training, hidden_retrain_score
"""


# %% exercise="retrain"
def best_epoch(history):
    return int(np.argmin(history["val_loss"])) + 1


def retrain(build, x, y, epochs, batch_size=512):
    model = build()
    model.fit(x[:20], y[:20], epochs=epochs, batch_size=batch_size, verbose=0)
    return model
