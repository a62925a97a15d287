"""The whole lab with generators, a model class of its own and a callback that keeps weights in memory.

exercise: all
fails:
"""


# %% exercise="make_dataset"
def make_dataset(images, labels, batch_size=36, shuffle=False):
    count = len(images)

    def batches():
        order = np.random.permutation(count) if shuffle else np.arange(count)
        for start in range(0, count, batch_size):
            rows = order[start : start + batch_size]
            yield images[rows].astype(np.float32), np.array([[float(labels[row])] for row in rows])

    shapes = (
        tf.TensorSpec((None, *images.shape[1:]), tf.float32),
        tf.TensorSpec((None, 1), tf.float32),
    )
    return tf.data.Dataset.from_generator(batches, output_signature=shapes)


# %% exercise="layer_table"
def layer_table(shape, plan):
    rows = []
    height, width, maps = shape
    numbers = None
    for layer in plan:
        count = 0
        if layer[0] == "dense":
            if numbers is None:
                raise ValueError("maps go into a dense layer")
            count = numbers * layer[1] + layer[1]
            numbers = layer[1]
        elif layer[0] == "flatten":
            numbers = height * width * maps
        else:
            if layer[0] == "conv":
                _, filters, step, padding = layer
                border = 2 if padding == "same" else 0
                # With "same" the window stands on every step-th pixel, from the first.
                height = len(range(0, height + border - 2, step))
                width = len(range(0, width + border - 2, step))
                count = 3 * 3 * maps * filters + filters
                maps = filters
            else:
                height, width = height // 2, width // 2
            if height < 1 or width < 1:
                raise ValueError("nothing is left of the picture")
        rows.append([(height, width, maps) if numbers is None else (numbers,), count])
    return rows


# %% exercise="build_network"
class Network(keras.Model):
    def __init__(self):
        super().__init__()
        self.maps = [
            layers.Conv2D(filters, 3, step, padding="same")
            for filters, step in [(12, 2), (24, 1), (48, 1)]
        ]
        self.pool = layers.MaxPooling2D()
        self.flat = layers.Flatten()
        self.hidden = layers.Dense(64, activation="relu")
        self.answer = layers.Dense(1)

    def call(self, x):
        x = x / 127.5 - 1
        for one in self.maps:
            x = self.pool(keras.ops.relu(one(x)))
        return keras.ops.sigmoid(self.answer(self.hidden(self.flat(x))))


def build_network(size=36):
    # A functional model around the class, so that its input shape is known.
    inputs = keras.Input((size, size, 3))
    network = keras.Model(inputs, Network()(inputs))
    network.compile(
        keras.optimizers.Adam(learning_rate=2e-3),
        keras.losses.BinaryCrossentropy(),
        metrics=[keras.metrics.BinaryAccuracy(name="accuracy")],
    )
    return network


def my_bet():
    return 1


# %% exercise="train_best"
def train_best(network, train, validation, epochs, path):
    kept = {}

    def look(epoch, logs):
        if not kept or logs["val_loss"] < kept["loss"]:
            kept["loss"], kept["weights"] = logs["val_loss"], network.get_weights()

    past = network.fit(
        train,
        validation_data=validation,
        epochs=epochs,
        verbose=0,
        callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=look)],
    )
    network.set_weights(kept["weights"])
    network.save_weights(path)
    return dict(past.history)


# %% exercise="with_augmentation"
class Augmented(keras.Model):
    def __init__(self, augment, network):
        super().__init__()
        self.augment = augment
        self.network = network

    def call(self, x, training=False):
        if training:
            x = self.augment(x, training=True)
        return self.network(x)


def with_augmentation(augment, network):
    model = Augmented(augment, network)
    model.build((None, *network.input_shape[1:]))
    model.compile(keras.optimizers.Adam(2e-3), "binary_crossentropy", metrics=["accuracy"])
    return model
