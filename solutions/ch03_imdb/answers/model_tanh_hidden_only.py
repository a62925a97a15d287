"""Ignores activation in the hidden layers.

exercise: build_model
fails: test_build_model, hidden_build_model
"""


# %% exercise="build_model"
def build_model(hidden=(16, 16), activation="relu", num_words=10_000):
    model = keras.Sequential([keras.Input((num_words,))])
    for units in hidden:
        model.add(layers.Dense(units, activation="relu"))
    model.add(layers.Dense(1, activation="sigmoid"))
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    return model


def my_bet():
    return 0.9
