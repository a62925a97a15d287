"""Returns what fit returns.

exercise: retrain
fails: test_retrain_training, hidden_retrain_training, hidden_retrain_score
"""


# %% exercise="retrain"
def best_epoch(history):
    return int(np.argmin(history["val_loss"])) + 1


def retrain(build, x, y, epochs, batch_size=512):
    model = build()
    return model.fit(x, y, epochs=epochs, batch_size=batch_size, verbose=0)
