"""Lets fit draw its progress bars.

exercise: compare_networks
fails: test_compare_networks
"""


# %% exercise="compare_networks"
def compare_networks(builds, x, y, val_count=1000, epochs=9, batch_size=512, seed=0):
    trained = {}
    for name, build in builds.items():
        keras.utils.set_random_seed(seed)
        model = build()
        fitted = model.fit(
            x[val_count:],
            y[val_count:],
            epochs=epochs,
            batch_size=batch_size,
            validation_data=(x[:val_count], y[:val_count]),
        )
        trained[name] = (model, fitted.history)
    return trained
