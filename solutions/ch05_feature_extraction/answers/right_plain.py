"""The whole lab with loops, models that are built layer by layer, and pooling by hand.

exercise: all
fails:
"""


# %% exercise="predict_shapes"
def places(side, window, stride):
    return len(range(0, side - window + 1, stride))


def predict_shapes(input_shape, filters=32):
    found, sides = [], list(input_shape[:2])
    for window, stride in ((5, 2), (3, 1), (3, 1)):
        sides = [places(side, window, stride) for side in sides]
        found += [(*sides, filters)]
    if min(sides) <= 0:
        raise ValueError(f"{input_shape}: nothing would be left")
    return found


# %% exercise="build_source"
def build_source(input_shape=(28, 28, 1), filters=32, name="my_intermediate_layer"):
    model = keras.Sequential(name=None)
    model.add(keras.Input(shape=input_shape))
    model.add(layers.Conv2D(filters, (5, 5), (2, 2)))
    model.layers[-1].activation = keras.activations.relu
    model.add(layers.Conv2D(filters, (3, 3), padding="valid", activation="relu", name=name))
    model.add(layers.Conv2D(filters, (3, 3), padding="valid", activation=keras.ops.relu))
    return model


# %% exercise="all_features"
def all_features(model):
    if model.built is not True:
        raise ValueError("no inputs yet")
    outputs, last = {}, model.inputs[0]
    for layer in model.layers:
        last = layer(last)
        outputs[layer.name] = last
    return keras.Model(inputs=model.inputs[0], outputs=outputs)


def one_layer_features(model, name):
    names = [layer.name for layer in model.layers]
    if name not in names:
        raise ValueError(f"there is no {name}, only {names}")
    if not model.built:
        raise ValueError("no inputs yet")
    last = model.inputs[0]
    for layer in model.layers[: names.index(name) + 1]:
        last = layer(last)
    return keras.Model(inputs=model.inputs[0], outputs=last)


# %% exercise="activation_grid"
def activation_grid(maps, columns=16):
    kept = np.array(maps, dtype=np.float64)
    height, width, channels = kept.shape
    constant = kept.min(axis=(0, 1)) == kept.max(axis=(0, 1))
    spread = np.where(constant, 1.0, kept.std(axis=(0, 1)))
    middle = np.where(constant, kept[0, 0], kept.mean(axis=(0, 1)))
    grey = np.clip((kept - middle) / spread * 64 + 128, 0, 255).round().astype(np.uint8)
    missing = -channels % columns
    grey = np.concatenate([grey, np.zeros((height, width, missing), np.uint8)], axis=2)
    grey = grey.reshape(height, width, -1, columns)
    return grey.transpose(2, 0, 3, 1).reshape(-1, columns * width)


# %% exercise="pooled_features"
def pooled_features(model, name, pictures, cells=2, batch_size=500):
    part_of_model = one_layer_features(model, name)
    channels = part_of_model.output_shape[-1]
    found = [np.zeros((0, cells * cells * channels), np.float32)]
    for start in range(0, len(pictures), batch_size):
        maps = part_of_model.predict_on_batch(pictures[start : start + batch_size])
        down = np.arange(cells + 1) * maps.shape[1] // cells
        across = np.arange(cells + 1) * maps.shape[2] // cells
        means = []
        for i in range(cells):
            for j in range(cells):
                part = maps[:, down[i] : down[i + 1], across[j] : across[j + 1]]
                means.append(np.mean(part, axis=(1, 2)))
        found.append(np.hstack(means))
    return np.vstack(found)


def my_bet():
    return np.float64(0.8)
