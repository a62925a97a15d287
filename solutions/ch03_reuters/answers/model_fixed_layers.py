"""Always has two layers of 64.

exercise: build_model
fails: test_build_model, hidden_build_model
"""


# %% exercise="build_model"
def build_model(hidden=(64, 64), labels="integers", num_words=10_000, num_topics=46):
    losses = {"integers": "sparse_categorical_crossentropy", "one-hot": "categorical_crossentropy"}
    if labels not in losses:
        raise ValueError(labels)
    model = keras.Sequential([keras.Input((num_words,))])
    for units in (64, 64):
        model.add(layers.Dense(units, activation="relu"))
    model.add(layers.Dense(num_topics, activation="softmax"))
    model.compile(optimizer="rmsprop", loss=losses[labels], metrics=["accuracy"])
    return model


def my_bet():
    return 10
