"""Does not say how long its rows are, so it has no weights yet.

exercise: build_model
fails: test_build_model, hidden_build_model, hidden_build_model_training
"""


# %% exercise="build_model"
def build_model():
    model = keras.Sequential(
        [layers.Dense(512, activation="relu"), layers.Dense(10, activation="softmax")]
    )
    model.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
    return model
