"""The whole lab with Keras' functional interface and its own helpers, classes named in full.

exercise: all
fails:
"""


# %% exercise="prepare_images"
def prepare_images(images):
    numbers = keras.ops.convert_to_numpy(keras.ops.cast(images, "float32"))
    return (numbers * np.float32(1 / 255)).reshape(numbers.shape[0], np.prod(numbers.shape[1:]))


# %% exercise="prepare_labels"
def prepare_labels(labels, num_classes=10):
    if np.any(labels >= num_classes):
        raise ValueError(f"labels go up to {num_classes - 1}")
    return keras.utils.to_categorical(labels, num_classes).astype(np.float32)


# %% exercise="build_model"
def build_model():
    inputs = keras.Input(shape=(784,), name="pixels")
    sums = layers.Dense(512, name="hidden")(inputs)
    outputs = layers.Dense(10, name="classes")(layers.Activation("relu")(sums))
    network = keras.Model(inputs, layers.Softmax()(outputs))
    network.compile(
        loss=keras.losses.CategoricalCrossentropy(),
        optimizer=keras.optimizers.RMSprop(learning_rate=1e-3),
        metrics=[keras.metrics.CategoricalAccuracy(name="accuracy")],
    )
    return network


# %% exercise="train_model"
def train_model(model, x, y, epochs=5, batch_size=128):
    fitted = model.fit(x=x, y=y, batch_size=batch_size, epochs=epochs, verbose=2)
    return {name: [float(value) for value in fitted.history[name]] for name in fitted.history}


def my_bet():
    return np.float64(0.5)


# %% exercise="find_confusions"
def find_confusions(y_true, y_pred, num_classes=10):
    from sklearn.metrics import confusion_matrix

    counts = confusion_matrix(y_true, y_pred, labels=np.arange(num_classes))
    mistakes = counts.copy()
    np.fill_diagonal(mistakes, -1)
    return counts, np.unravel_index(np.argmax(mistakes), counts.shape)


# %% exercise="judge"
def judge(model, images, labels):
    scaled = np.divide(images.reshape(len(images), 784), 255)
    loss, accuracy = model.evaluate(scaled, np.eye(10)[labels], verbose=0)
    return {"accuracy": accuracy, "loss": loss}
