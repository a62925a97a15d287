"""Keeps a file that is there, and loads the old model.

exercise: save_and_load
fails: test_save_and_load, hidden_save_and_load
"""


# %% exercise="save_and_load"
def save_and_load(model, path):
    if not os.path.exists(path):
        model.save(path)
    return keras.models.load_model(path)
