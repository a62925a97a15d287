"""Returns one and the same model at every call, with whatever it has learned.

exercise: build_model
fails: test_build_model, hidden_build_model
"""


# %% exercise="build_model"
made = {}


def build_model(columns):
    if columns not in made:
        made[columns] = keras.Sequential(
            [
                keras.Input((columns,)),
                layers.Dense(64, activation="relu"),
                layers.Dense(64, activation="relu"),
                layers.Dense(1),
            ]
        )
        made[columns].compile(optimizer="rmsprop", loss="mse", metrics=["mae"])
    return made[columns]
