"""Keeps the models that it made and returns them again.

exercise: build_model
fails: test_build_model, hidden_build_model_training
"""


# %% exercise="build_model"
kept = {}


def build_model(hidden=(64, 64), labels="integers", num_words=10_000, num_topics=46):
    losses = {"integers": "sparse_categorical_crossentropy", "one-hot": "categorical_crossentropy"}
    key = (tuple(hidden), labels, num_words, num_topics)
    if key not in kept:
        model = keras.Sequential([keras.Input((num_words,))])
        for units in hidden:
            model.add(layers.Dense(units, activation="relu"))
        model.add(layers.Dense(num_topics, activation="softmax"))
        if labels not in losses:
            raise ValueError(labels)
        model.compile(optimizer="rmsprop", loss=losses[labels], metrics=["accuracy"])
        kept[key] = model
    return kept[key]


def my_bet():
    return 10
