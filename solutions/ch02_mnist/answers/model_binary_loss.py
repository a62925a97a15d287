"""Takes the loss for yes-or-no questions: no error, no warning.

exercise: build_model
fails: test_build_model, hidden_build_model, hidden_build_model_training
"""


# %% exercise="build_model"
def build_model():
    model = keras.Sequential(
        [
            keras.Input((784,)),
            layers.Dense(512, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    return model
