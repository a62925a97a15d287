"""The whole lab with plain loops and a model class of its own.

exercise: all
fails:
"""


# %% exercise="decode_review"
def decode_review(ids, ranks):
    text = []
    for number in ids:
        found = "?"
        for word in ranks:
            if ranks[word] == number - 3:
                found = word
                break
        text.append(found)
    return " ".join(text)


# %% exercise="vectorize"
def vectorize(reviews, num_words=10_000):
    table = np.zeros((len(reviews), num_words), np.uint8)
    for number, review in enumerate(reviews):
        for column in review:
            if column >= num_words:
                raise ValueError(f"{column} has no column")
            table[number, column] = 1
    return table


# %% exercise="split_validation"
def split_validation(x, y, count):
    chosen = np.arange(len(y)) < count
    if chosen.all():
        raise ValueError("nothing to learn from")
    return [x[~chosen], y[~chosen], x[chosen], y[chosen]]


# %% exercise="build_model"
class Network(keras.Model):
    def __init__(self, hidden, activation):
        super().__init__()
        self.inner = [layers.Dense(units) for units in hidden]
        self.bend = keras.activations.get(activation)
        self.answer = layers.Dense(1)

    def call(self, x):
        x = keras.ops.cast(x, "float32")
        for layer in self.inner:
            x = self.bend(layer(x))
        return keras.ops.sigmoid(self.answer(x))


def build_model(hidden=(16, 16), activation="relu", num_words=10_000):
    network = Network(hidden, activation)
    network(np.zeros((1, num_words), "float32"))
    network.compile(
        keras.optimizers.RMSprop(), keras.losses.binary_crossentropy, metrics=["accuracy"]
    )
    return network


def my_bet():
    return 1


# %% exercise="retrain"
def best_epoch(history):
    best = 1
    for epoch, loss in enumerate(history["val_loss"], start=1):
        if loss < history["val_loss"][best - 1]:
            best = epoch
    return best


def retrain(build, x, y, epochs, batch_size=512):
    network = build()
    for _ in range(epochs):
        network.fit(x, y, epochs=1, batch_size=batch_size, verbose=0)
    return network


# %% exercise="share_right"
def share_right(labels, probabilities):
    if len(labels) != len(probabilities):
        raise ValueError("unequal numbers")
    right = 0
    for label, chance in zip(labels, probabilities, strict=True):
        answer = 1 if float(np.squeeze(chance)) > 0.5 else 0
        right += answer == int(np.squeeze(label))
    return right / len(labels)
