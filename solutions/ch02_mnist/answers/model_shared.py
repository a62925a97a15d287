"""Returns one and the same model at every call, with whatever it has learned.

exercise: build_model
fails: test_build_model, hidden_build_model_training
"""

# %% exercise="build_model"
the_model = keras.Sequential(
    [
        keras.Input((784,)),
        layers.Dense(512, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ]
)
the_model.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])


def build_model():
    return the_model
