"""Ends in ReLU: all that is negative becomes 0.

exercise: build_model
fails: test_build_model, hidden_build_model
"""


# %% exercise="build_model"
def build_model(columns):
    model = keras.Sequential([keras.Input((columns,)), layers.Dense(64, activation="relu"), layers.Dense(64, activation="relu"), layers.Dense(1, activation="relu")])
    model.compile(optimizer="rmsprop", loss="mse", metrics=["mae"])
    return model
