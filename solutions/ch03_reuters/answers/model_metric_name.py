"""Names the metric acc.

exercise: build_model
fails: test_build_model_compiled, hidden_build_model
"""


# %% exercise="build_model"
def build_model(hidden=(64, 64), labels="integers", num_words=10_000, num_topics=46):
    losses = {"integers": "sparse_categorical_crossentropy", "one-hot": "categorical_crossentropy"}
    if labels not in losses:
        raise ValueError(labels)
    model = keras.Sequential([keras.Input((num_words,))])
    for units in hidden:
        model.add(layers.Dense(units, activation="relu"))
    model.add(layers.Dense(num_topics, activation="softmax"))
    model.compile(optimizer="rmsprop", loss=losses[labels], metrics=["acc"])
    return model


def my_bet():
    return 10
