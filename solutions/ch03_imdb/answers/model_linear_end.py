"""No activation at the end: sums, which the loss takes for probabilities in silence.

exercise: build_model
fails: test_build_model, hidden_build_model, hidden_build_model_training
"""


# %% exercise="build_model"
def build_model(hidden=(16, 16), activation="relu", num_words=10_000):
    model = keras.Sequential([keras.Input((num_words,))])
    for units in hidden:
        model.add(layers.Dense(units, activation=activation))
    model.add(layers.Dense(1))
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    return model


def my_bet():
    return 0.9
