"""Puts the best weights back and writes no file.

exercise: train_best
fails: test_train_best, hidden_train_best
"""


# %% exercise="train_best"
def train_best(network, train, validation, epochs, path):
    keep_best = keras.callbacks.EarlyStopping(
        patience=epochs, restore_best_weights=True
    )
    return network.fit(
        train, validation_data=validation, epochs=epochs, callbacks=[keep_best], verbose=0
    ).history
