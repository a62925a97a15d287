"""The whole lab with Keras' and scikit-learn's own helpers and a functional network.

exercise: all
fails:
"""


# %% exercise="baselines"
def baselines(labels):
    from collections import Counter

    counts = Counter(np.asarray(labels).tolist())
    shares = [count / len(labels) for count in counts.values()]
    return {"shuffled": sum(share * share for share in shares), "majority": np.float64(max(shares))}


# %% exercise="mean_loss"
def mean_loss(labels, probabilities):
    count, classes = probabilities.shape
    if labels.ndim == 1:
        if labels.max() >= classes:
            raise ValueError("a label has no column")
        labels = keras.utils.to_categorical(labels, classes)
    if labels.shape != (count, classes):
        raise ValueError("labels have another shape")
    return -(labels * np.log(probabilities)).sum() / count


# %% exercise="build_model"
def build_model(hidden=(64, 64), labels="integers", num_words=10_000, num_topics=46):
    if labels == "integers":
        loss = keras.losses.SparseCategoricalCrossentropy()
        metric = keras.metrics.SparseCategoricalAccuracy(name="accuracy")
    elif labels == "one-hot":
        loss = keras.losses.CategoricalCrossentropy()
        metric = keras.metrics.CategoricalAccuracy(name="accuracy")
    else:
        raise ValueError("unknown form of labels")
    inputs = keras.Input(shape=(num_words,), name="words")
    sums = inputs
    for units in hidden:
        sums = layers.Activation("relu")(layers.Dense(units)(sums))
    outputs = layers.Softmax()(layers.Dense(num_topics)(sums))
    made = keras.Model(inputs, outputs)
    made.compile(keras.optimizers.RMSprop(learning_rate=1e-3), loss, metrics=[metric])
    return made


def my_bet():
    return np.float64(12.5)


# %% exercise="compare_networks"
def compare_networks(builds, x, y, val_count=1000, epochs=9, batch_size=512, seed=0):
    def train(build):
        keras.utils.set_random_seed(seed)
        made = build()
        record = made.fit(
            x=x[val_count:],
            y=y[val_count:],
            batch_size=batch_size,
            epochs=epochs,
            verbose=0,
            validation_data=(x[:val_count], y[:val_count]),
            validation_batch_size=1000,
        )
        return [made, {key: [float(one) for one in record.history[key]] for key in record.history}]

    return {name: train(builds[name]) for name in builds}


# %% exercise="top_topics"
def top_topics(probabilities, k=3):
    sums = np.sum(probabilities, axis=1)
    if not np.allclose(sums, 1, rtol=0, atol=0.001):
        raise ValueError("sums are not 1")
    count, topics = probabilities.shape
    numbers = np.tile(np.arange(topics), (count, 1))
    return np.lexsort((numbers, -probabilities), axis=1)[:, :k].astype("int32")


# %% exercise="recall_by_topic"
def recall_by_topic(y_true, y_pred, num_topics=46):
    from sklearn.metrics import confusion_matrix

    matrix = confusion_matrix(y_true, y_pred, labels=np.arange(num_topics))
    counts = matrix.sum(axis=1)
    return np.divide(np.diag(matrix), counts, out=np.full(num_topics, np.nan), where=counts > 0)
