"""Chooses the epoch by the test reviews.

exercise: retrain
fails: test_retrain, hidden_retrain
"""


# %% exercise="retrain"
def best_epoch(history):
    model = build_model(num_words=NUM_WORDS)
    told = model.fit(
        x_part[:2000],
        y_part[:2000],
        epochs=4,
        batch_size=512,
        validation_data=(x_test[:1000], y_test[:1000]),
        verbose=0,
    )
    return int(np.argmin(told.history["val_loss"])) + 1


def retrain(build, x, y, epochs, batch_size=512):
    model = build()
    model.fit(x, y, epochs=epochs, batch_size=batch_size, verbose=0)
    return model
