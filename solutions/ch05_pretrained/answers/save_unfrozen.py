"""Unfreezes everything after loading.

exercise: save_and_load
fails: test_save_and_load, hidden_save_and_load
"""


# %% exercise="save_and_load"
def save_and_load(model, path):
    model.save(path)
    loaded = keras.models.load_model(path)
    for layer in loaded.layers:
        for one in [layer, *getattr(layer, "layers", [])]:
            one.trainable = True
    return loaded
