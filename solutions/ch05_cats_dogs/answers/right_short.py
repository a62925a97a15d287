"""The whole lab as short as it goes: sequential models, early stopping for the weights, one loop by epochs.

exercise: all
fails:
"""


# %% exercise="make_dataset"
def make_dataset(images, labels, batch_size=36, shuffle=False):
    pairs = tf.data.Dataset.from_tensor_slices((images, labels))
    if shuffle:
        pairs = pairs.shuffle(10 * len(labels))
    pairs = pairs.map(lambda x, y: (tf.cast(x, tf.float32), tf.cast([y], tf.float32)))
    return pairs.batch(batch_size, drop_remainder=False)


# %% exercise="layer_table"
def layer_table(shape, plan):
    if not plan:
        return []
    (kind, *options), *rest = plan
    count = 0
    if kind == "flatten":
        shape = (int(np.prod(shape)),)
    elif kind == "dense":
        (number,) = shape
        count, shape = (number + 1) * options[0], tuple(options)
    else:
        rule = {
            ("pool", None): lambda n, s: n // 2,
            ("conv", "same"): lambda n, s: (n + s - 1) // s,
            ("conv", "valid"): lambda n, s: (n - 3 + s) // s,
        }[kind, options[2] if options else None]
        maps = options[0] if options else shape[2]
        count = (9 * shape[2] + 1) * maps if options else 0
        shape = (*tuple(rule(n, options[1] if options else 2) for n in shape[:2]), maps)
    if 0 in shape or min(shape) < 0:
        raise ValueError(shape)
    return [(shape, count), *layer_table(shape, rest)]


# %% exercise="build_network"
def build_network(size=36):
    def bent(filters, **more):
        return layers.Conv2D(filters, (3, 3), padding="same", activation="relu", **more)

    stack = [layers.Rescaling(1 / 127.5, offset=-1), bent(12, strides=2), bent(24), bent(48)]
    for place in (4, 3, 2):
        stack.insert(place, layers.MaxPool2D((2, 2)))
    stack += [layers.Flatten(), layers.Dense(64, "relu"), layers.Dense(1, "sigmoid")]
    network = keras.Sequential([layers.Input(shape=(size, size, 3)), *stack])
    network.compile(loss="binary_crossentropy", optimizer=keras.optimizers.Adam(0.002), metrics=["accuracy"])
    return network


def my_bet():
    return 0.5


# %% exercise="train_best"
def train_best(network, train, validation, epochs, path):
    curves, best = {}, None
    for _ in range(epochs):
        past = network.fit(train, validation_data=validation, verbose=0).history
        for key, (value,) in past.items():
            curves.setdefault(key, []).append(value)
        if best is None or past["val_loss"][0] < best:
            best = past["val_loss"][0]
            network.save_weights(path, overwrite=True)
    network.load_weights(path)
    return curves


# %% exercise="with_augmentation"
def with_augmentation(augment, network):
    model = keras.Sequential([keras.Input(network.input_shape[1:]), augment, network])
    model.compile(
        loss=keras.losses.BinaryCrossentropy(), optimizer=keras.optimizers.Adam(0.002), metrics=["accuracy"]
    )
    return model
