"""The whole lab in plain loops and lists where that is possible.

exercise: all
fails:
"""


# %% exercise="baselines"
def baselines(labels):
    shares = np.bincount(labels) / len(labels)
    return {"majority": max(shares.tolist()), "shuffled": float(shares @ shares)}


# %% exercise="mean_loss"
def mean_loss(labels, probabilities):
    if labels.shape not in (probabilities.shape, (len(probabilities),)):
        raise ValueError("wrong shape")
    total = 0.0
    for label, row in zip(labels, probabilities, strict=True):
        place = label if labels.ndim == 1 else int(np.argmax(label))
        total -= float(np.log(row[place]))
    return total / len(labels)


# %% exercise="build_model"
def build_model(hidden=(64, 64), labels="integers", num_words=10_000, num_topics=46):
    prefix = {"integers": "sparse_", "one-hot": ""}.get(labels)
    if prefix is None:
        raise ValueError(labels)
    inner = [layers.Dense(units, "relu") for units in hidden]
    stack = [keras.Input((num_words,)), *inner, layers.Dense(num_topics, "softmax")]
    model = keras.Sequential(stack)
    model.compile("rmsprop", prefix + "categorical_crossentropy", metrics=["accuracy"])
    return model


def my_bet():
    return 0


# %% exercise="compare_networks"
def compare_networks(builds, x, y, val_count=1000, epochs=9, batch_size=512, seed=0):
    x_val, x_part = np.split(x, [val_count])
    y_val, y_part = np.split(y, [val_count])
    result = {}
    for name in builds:
        keras.utils.set_random_seed(seed)
        model = builds[name]()
        curves = {}
        for _ in range(epochs):
            fitted = model.fit(
                x_part, y_part, batch_size, 1, verbose=0, validation_data=(x_val, y_val)
            )
            for key, values in fitted.history.items():
                curves.setdefault(key, []).extend(values)
        result[name] = model, curves
    return result


# %% exercise="top_topics"
def top_topics(probabilities, k=3):
    found = []
    for row in probabilities:
        if not 0.999 <= row.sum() <= 1.001:
            raise ValueError("not a probability")
        found.append(sorted(range(len(row)), key=lambda place: (-row[place], place))[:k])  # noqa: B023
    return np.array(found, dtype=int).reshape(-1, k)


# %% exercise="recall_by_topic"
def recall_by_topic(y_true, y_pred, num_topics=46):
    recall = []
    for topic in range(num_topics):
        said = y_pred[y_true == topic]
        recall.append(np.mean(said == topic) if len(said) else float("nan"))
    return np.array(recall)
