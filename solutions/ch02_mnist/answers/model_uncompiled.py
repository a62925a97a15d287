"""Is not compiled.

exercise: build_model
fails: test_build_model, hidden_build_model, hidden_build_model_training
"""


# %% exercise="build_model"
def build_model():
    return keras.Sequential(
        [
            keras.Input((784,)),
            layers.Dense(512, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
