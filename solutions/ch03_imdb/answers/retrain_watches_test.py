"""Watches the test reviews and stops by them.

exercise: retrain
fails: test_retrain_training, hidden_retrain_training
"""


# %% exercise="retrain"
def best_epoch(history):
    return int(np.argmin(history["val_loss"])) + 1


def retrain(build, x, y, epochs, batch_size=512):
    model = build()
    stop = keras.callbacks.EarlyStopping(patience=1)
    data = {"validation_data": (x_test, y_test), "callbacks": [stop]}
    model.fit(x, y, epochs=epochs, batch_size=batch_size, verbose=0, **data)
    return model
