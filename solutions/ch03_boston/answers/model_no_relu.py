"""Has no activation between its layers: one linear map.

exercise: build_model
fails: test_build_model, hidden_build_model
"""


# %% exercise="build_model"
def build_model(columns):
    model = keras.Sequential([keras.Input((columns,)), layers.Dense(64), layers.Dense(64), layers.Dense(1)])
    model.compile(optimizer="rmsprop", loss="mse", metrics=["mae"])
    return model
