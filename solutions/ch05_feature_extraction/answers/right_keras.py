"""The whole lab with Keras' own tools: extractors by try and except, pooling by a layer's operations.

exercise: all
fails:
"""


# %% exercise="predict_shapes"
def predict_shapes(input_shape, filters=32):
    height, width = input_shape[0], input_shape[1]
    first = (height - 5) // 2 + 1, (width - 5) // 2 + 1
    second = first[0] - 2, first[1] - 2
    third = second[0] - 2, second[1] - 2
    if third[0] < 1 or third[1] < 1:
        raise ValueError("too small a picture")
    return [(*first, filters), (*second, filters), (*third, filters)]


# %% exercise="build_source"
def build_source(input_shape=(28, 28, 1), filters=32, name="my_intermediate_layer"):
    options = {"filters": filters, "activation": "relu", "padding": "valid"}
    return keras.Sequential(
        [
            keras.Input(input_shape),
            layers.Conv2D(kernel_size=5, strides=2, name="entrance", **options),
            layers.Conv2D(kernel_size=3, name=name, **options),
            layers.Conv2D(kernel_size=3, name="exit", **options),
        ],
        name="source",
    )


# %% exercise="all_features"
def all_features(model):
    try:
        return keras.Model(model.inputs, {one.name: one.output for one in model.layers})
    except AttributeError as error:
        raise ValueError("build the model first: keras.Input, or a call") from error


def one_layer_features(model, name):
    try:
        return keras.Model(model.inputs[0], model.get_layer(name=name).output)
    except AttributeError as error:
        raise ValueError("build the model first: keras.Input, or a call") from error


# %% exercise="activation_grid"
def activation_grid(maps, columns=16):
    height, width, channels = maps.shape
    strips = []
    for first in range(0, channels, columns):
        strip = []
        for k in range(first, first + columns):
            if k >= channels:
                strip.append(np.zeros((height, width), "uint8"))
                continue
            channel = maps[:, :, k].copy()
            channel = channel - channel.mean()
            channel = channel / (channel.std() + 1e-5) * 64 + 128
            if np.ptp(maps[:, :, k]) == 0:
                channel = np.full((height, width), 128)
            strip.append(np.clip(channel, 0, 255).astype("uint8"))
        strips.append(np.hstack(strip))
    return np.vstack(strips)


# %% exercise="pooled_features"
def pooled_features(model, name, pictures, cells=2, batch_size=500):
    extractor = one_layer_features(model, name)
    height, width, channels = extractor.outputs[0].shape[1:]
    pooled = []
    for i in range(cells):
        for j in range(cells):
            part = extractor.outputs[0][
                :,
                i * height // cells : (i + 1) * height // cells,
                j * width // cells : (j + 1) * width // cells,
            ]
            pooled.append(keras.ops.mean(part, axis=(1, 2)))
    joined = layers.Concatenate()(pooled) if cells > 1 else pooled[0]
    rows_of = keras.Model(extractor.inputs, joined)
    if len(pictures) == 0:
        return np.zeros((0, cells * cells * channels), "float32")
    return rows_of.predict(pictures, batch_size=batch_size, verbose=0)


def my_bet():
    return 1
