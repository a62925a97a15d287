"""The whole lab by hand: loops, channels one by one, flags layer by layer.

exercise: all
fails:
"""


# %% exercise="prepare_pixels"
def prepare_pixels(pixels, kind):
    if kind == "signed":
        return ((np.array(pixels, dtype="float64") - 127.5) / 127.5).astype("float32")
    if kind != "bgr":
        raise ValueError("signed or bgr")
    result = np.empty(np.shape(pixels), dtype="float32")
    for place, (channel, mean) in enumerate([(2, 103.939), (1, 116.779), (0, 123.68)]):
        result[..., place] = np.asarray(pixels[..., channel], dtype="float64") - mean
    return result


# %% exercise="cached_features"
def cached_features(base, x, path, batch_size=64):
    try:
        kept = np.load(path)
    except FileNotFoundError:
        kept = None
    if kept is None or len(kept) != len(x):
        whole = keras.Sequential([keras.Input(x.shape[1:]), base, layers.GlobalAveragePooling2D()])
        kept = whole.predict(x, batch_size=batch_size, verbose=0)
        with open(path, "wb") as file:
            np.lib.format.write_array(file, kept)
    return kept


# %% exercise="build_on_base"
def build_on_base(base, augmentation, units=32, rate=2e-3):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    x = augmentation(inputs)
    x = base(x, training=False)
    x = layers.AveragePooling2D(base.output_shape[1:3])(x)
    x = layers.Flatten()(x)
    x = layers.Dense(units, "relu")(x)
    x = layers.Dense(1, "sigmoid")(x)
    model = keras.Model(inputs, x)
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    model.optimizer.learning_rate = rate
    return model


def my_bet():
    return 1


# %% exercise="save_and_load"
def save_and_load(model, path):
    if os.path.exists(path):
        os.remove(path)
    model.save(path)
    return keras.models.load_model(path)


# %% exercise="unfreeze_from"
def unfreeze_from(model, base_name, first, rate=1e-4):
    base = model.get_layer(base_name)
    place = None
    for number in range(len(base.layers)):
        if base.layers[number].name == first:
            place = number
    if place is None:
        raise ValueError("there is no such layer")
    base.trainable = True
    for number in range(len(base.layers)):
        is_norm = "BatchNormalization" in type(base.layers[number]).__name__
        base.layers[number].trainable = number >= place and not is_norm
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    model.optimizer.learning_rate = rate
    return model


# %% exercise="train_head"
def train_head(model, base_name, x, y, epochs=1, rate=1e-3):
    for layer in model.get_layer(base_name).layers:
        layer.trainable = False
    model.get_layer(base_name).trainable = False
    model.compile(keras.optimizers.Adam(rate), "binary_crossentropy")
    model.fit(x, y, 32, epochs, verbose=0)
    return model
