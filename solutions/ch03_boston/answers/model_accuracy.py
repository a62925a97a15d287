"""Reports accuracy, which has no meaning for prices.

exercise: build_model
fails: test_build_model, hidden_build_model
"""


# %% exercise="build_model"
def build_model(columns):
    model = keras.Sequential([keras.Input((columns,)), layers.Dense(64, activation="relu"), layers.Dense(64, activation="relu"), layers.Dense(1)])
    model.compile(optimizer="rmsprop", loss="mse", metrics=["accuracy"])
    return model
