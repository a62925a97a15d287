"""Makes a copy in memory, without a file.

exercise: save_and_load
fails: test_save_and_load, hidden_save_and_load
"""


# %% exercise="save_and_load"
def save_and_load(model, path):
    other = keras.models.clone_model(model)
    other.set_weights(model.get_weights())
    other.compile(keras.optimizers.Adam(float(model.optimizer.learning_rate)), "binary_crossentropy")
    return other
