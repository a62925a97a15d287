"""Stops after two epochs without progress.

exercise: train_best
fails: test_train_best, hidden_train_best
"""


# %% exercise="train_best"
def train_best(network, train, validation, epochs, path):
    keep_best = keras.callbacks.ModelCheckpoint(
        str(path), monitor="val_loss", save_best_only=True, save_weights_only=True
    )
    stop = keras.callbacks.EarlyStopping(patience=2)
    history = network.fit(
        train, validation_data=validation, epochs=epochs, callbacks=[keep_best, stop], verbose=0
    ).history
    network.load_weights(str(path))
    return history
