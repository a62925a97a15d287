"""The whole lab with Keras' own helpers, datasets and objects where names would do.

exercise: all
fails:
"""


# %% exercise="prepare_pixels"
def prepare_pixels(pixels, kind):
    modes = {"signed": "tf", "bgr": "caffe"}
    if kind not in modes:
        raise ValueError(f"unknown kind: {kind}")
    x = np.array(pixels, dtype="float64")
    x = keras.applications.imagenet_utils.preprocess_input(x.reshape(1, 1, -1, 3), mode=modes[kind])
    return np.float32(x).reshape(np.shape(pixels))


# %% exercise="cached_features"
def cached_features(base, x, path, batch_size=64):
    from pathlib import Path

    file = Path(path)
    if file.is_file():
        with file.open("rb") as stream:
            kept = np.load(stream)
        if kept.shape[0] == len(x):
            return kept
    pool = layers.GlobalAveragePooling2D()
    parts = []
    for start in range(0, len(x), batch_size):
        maps = base(x[start : start + batch_size], training=False)
        parts.append(keras.ops.convert_to_numpy(pool(maps)))
    features = np.concatenate(parts)
    with file.open("wb") as stream:
        np.save(stream, features)
    return features


# %% exercise="build_on_base"
def build_on_base(base, augmentation, units=32, rate=2e-3):
    for layer in base.layers:
        layer.trainable = False
    base.trainable = False
    pictures = keras.Input(shape=base.input_shape[1:], name="pictures")
    maps = base(augmentation(pictures), training=False)
    features = keras.ops.mean(maps, axis=(1, 2))
    hidden = layers.ReLU()(layers.Dense(units)(features))
    answer = layers.Activation("sigmoid")(layers.Dense(1)(hidden))
    made = keras.Model(inputs=pictures, outputs=answer, name="with_head")
    made.compile(
        optimizer=keras.optimizers.Adam(learning_rate=rate),
        loss=keras.losses.BinaryCrossentropy(),
        metrics=[keras.metrics.BinaryAccuracy(name="accuracy")],
    )
    return made


def my_bet():
    return np.float64(0.9)


# %% exercise="save_and_load"
def save_and_load(model, path):
    keras.saving.save_model(model, path, overwrite=True)
    return keras.saving.load_model(path)


# %% exercise="unfreeze_from"
def unfreeze_from(model, base_name, first, rate=1e-4):
    base = model.get_layer(base_name)
    base.get_layer(first)  # refuses what is not there
    base.trainable = True
    follows = False
    for layer in base.layers:
        follows = follows or layer.name == first
        layer.trainable = follows
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=rate),
        loss=keras.losses.BinaryCrossentropy(),
        metrics=[keras.metrics.BinaryAccuracy(name="accuracy")],
    )
    return model


# %% exercise="train_head"
def train_head(model, base_name, x, y, epochs=1, rate=1e-3):
    base = model.get_layer(base_name)
    base.trainable = False
    model.compile(keras.optimizers.Adam(learning_rate=rate), keras.losses.BinaryCrossentropy())
    for _ in range(epochs):
        model.fit(x, y, batch_size=32, verbose=0)
    return model
