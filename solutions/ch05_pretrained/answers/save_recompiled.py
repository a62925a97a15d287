"""Compiles the loaded model anew, with a rate of its own.

exercise: save_and_load
fails: test_save_and_load, hidden_save_and_load
"""


# %% exercise="save_and_load"
def save_and_load(model, path):
    model.save(path)
    loaded = keras.models.load_model(path)
    loaded.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return loaded
