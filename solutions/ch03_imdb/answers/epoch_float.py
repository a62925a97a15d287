"""Returns a float, which fit does not take.

exercise: retrain
fails: test_retrain, hidden_retrain_score
"""


# %% exercise="retrain"
def best_epoch(history):
    return float(np.argmin(history["val_loss"])) + 1


def retrain(build, x, y, epochs, batch_size=512):
    model = build()
    model.fit(x, y, epochs=epochs, batch_size=batch_size, verbose=0)
    return model
