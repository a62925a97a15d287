"""Trains on the part from before, without the validation rows.

exercise: retrain
fails: test_retrain_training, hidden_retrain_training
"""


# %% exercise="retrain"
def best_epoch(history):
    return int(np.argmin(history["val_loss"])) + 1


def retrain(build, x, y, epochs, batch_size=512):
    model = build()
    model.fit(x_part, y_part, epochs=epochs, batch_size=batch_size, verbose=0)
    return model
