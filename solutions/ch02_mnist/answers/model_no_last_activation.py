"""Ends without activation: scores, of which the loss makes nonsense.

exercise: build_model
fails: test_build_model, hidden_build_model, hidden_build_model_training
"""


# %% exercise="build_model"
def build_model():
    model = keras.Sequential(
        [keras.Input((784,)), layers.Dense(512, activation="relu"), layers.Dense(10)]
    )
    model.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
    return model
