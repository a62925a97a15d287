"""Reports the accuracy under another name.

exercise: build_model
fails: test_build_model, hidden_build_model
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
    model.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["acc"])
    return model
