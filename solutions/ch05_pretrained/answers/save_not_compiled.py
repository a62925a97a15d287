"""Loads without what was compiled.

exercise: save_and_load
fails: test_save_and_load, hidden_save_and_load
"""


# %% exercise="save_and_load"
def save_and_load(model, path):
    model.save(path)
    return keras.models.load_model(path, compile=False)
