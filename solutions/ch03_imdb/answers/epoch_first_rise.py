"""Stops at the first rise of the validation loss, which may be a bump.

exercise: retrain
fails: hidden_retrain
"""


# %% exercise="retrain"
def best_epoch(history):
    losses = history["val_loss"]
    for epoch in range(1, len(losses)):
        if losses[epoch] >= losses[epoch - 1]:
            return epoch
    return len(losses)


def retrain(build, x, y, epochs, batch_size=512):
    model = build()
    model.fit(x, y, epochs=epochs, batch_size=batch_size, verbose=0)
    return model
