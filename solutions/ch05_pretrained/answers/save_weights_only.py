"""Saves the numbers only, and puts them into a copy that is not compiled.

exercise: save_and_load
fails: test_save_and_load, hidden_save_and_load
"""


# %% exercise="save_and_load"
def save_and_load(model, path):
    weights = path.replace(".keras", ".weights.h5")
    model.save_weights(weights)
    other = keras.models.clone_model(model)
    other.load_weights(weights)
    return other
