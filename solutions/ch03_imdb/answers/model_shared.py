"""One model for all calls, which goes on with what it has learned.

exercise: build_model
fails: test_build_model, hidden_build_model_training
"""


# %% exercise="build_model"
KEPT = {}


def build_model(hidden=(16, 16), activation="relu", num_words=10_000):
    key = (tuple(hidden), activation, num_words)
    if key not in KEPT:
        model = keras.Sequential([keras.Input((num_words,))])
        for units in hidden:
            model.add(layers.Dense(units, activation=activation))
        model.add(layers.Dense(1, activation="sigmoid"))
        model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
        KEPT[key] = model
    return KEPT[key]


def my_bet():
    return 0.9
