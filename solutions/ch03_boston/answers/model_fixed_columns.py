"""Takes 13 columns, whatever it is told.

exercise: build_model
fails: hidden_build_model
"""


# %% exercise="build_model"
def build_model(columns):
    model = keras.Sequential([keras.Input((13,)), layers.Dense(64, activation="relu"), layers.Dense(64, activation="relu"), layers.Dense(1)])
    model.compile(optimizer="rmsprop", loss="mse", metrics=["mae"])
    return model
