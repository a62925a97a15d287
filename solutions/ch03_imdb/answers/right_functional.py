"""The whole lab with Keras' functional interface, a table of words and classes named in full.

exercise: all
fails:
"""


# %% exercise="decode_review"
def decode_review(ids, ranks):
    table = dict(zip(ranks.values(), ranks, strict=True))
    return " ".join([table.get(number, "?") for number in (np.asarray(ids) - 3).tolist()])


# %% exercise="vectorize"
def vectorize(reviews, num_words=10_000):
    table = np.zeros((len(reviews), num_words), dtype=np.uint8)
    places = np.repeat(np.arange(len(reviews)), [len(ids) for ids in reviews])
    if len(places):
        table[places, np.concatenate(reviews).astype(int)] = 1
    return table


# %% exercise="split_validation"
def split_validation(x, y, count):
    if len(x) - count < 1:
        raise ValueError(f"{count} rows are too many")
    (x_first, x_rest), (y_first, y_rest) = np.split(x, [count]), np.split(y, [count])
    return x_rest.copy(), y_rest.copy(), x_first.copy(), y_first.copy()


# %% exercise="build_model"
def build_model(hidden=(16, 16), activation="relu", num_words=10_000):
    inputs = keras.Input(shape=(num_words,), name="words")
    last = inputs
    for units in hidden:
        last = layers.Activation(activation)(layers.Dense(units)(last))
    outputs = layers.Activation("sigmoid", name="chance")(layers.Dense(1)(last))
    network = keras.Model(inputs, outputs)
    network.compile(
        loss=keras.losses.BinaryCrossentropy(),
        optimizer=keras.optimizers.RMSprop(learning_rate=1e-3),
        metrics=[keras.metrics.BinaryAccuracy(name="accuracy")],
    )
    return network


def my_bet():
    return np.float64(0.5)


# %% exercise="retrain"
def best_epoch(history):
    return history["val_loss"].index(min(history["val_loss"])) + 1


def retrain(build, x, y, epochs, batch_size=512):
    network = build()
    order = np.random.default_rng(1).permutation(len(x))
    network.fit(x=x[order], y=y[order], batch_size=batch_size, epochs=epochs, verbose=2)
    return network


# %% exercise="share_right"
def share_right(labels, probabilities):
    labels, answers = np.asarray(labels).flatten(), np.asarray(probabilities).flatten().round()
    if labels.shape != answers.shape:
        raise ValueError("unequal numbers")
    return np.count_nonzero(labels == answers) / labels.size
