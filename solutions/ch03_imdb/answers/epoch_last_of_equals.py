"""Of several lowest points the last.

exercise: retrain
fails: test_retrain, hidden_retrain
"""


# %% exercise="retrain"
def best_epoch(history):
    return len(history["val_loss"]) - int(np.argmin(history["val_loss"][::-1]))


def retrain(build, x, y, epochs, batch_size=512):
    model = build()
    model.fit(x, y, epochs=epochs, batch_size=batch_size, verbose=0)
    return model
