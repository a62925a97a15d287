"""The whole lab with plain loops and a model class of its own.

exercise: all
fails:
"""


# %% exercise="prepare_images"
def prepare_images(images):
    count, height, width = images.shape
    rows = np.empty((count, height * width), dtype=np.float32)
    for number, image in enumerate(images):
        for line in range(height):
            rows[number, line * width : (line + 1) * width] = image[line] / 255
    return rows


# %% exercise="prepare_labels"
def prepare_labels(labels, num_classes=10):
    table = np.zeros((len(labels), num_classes), np.float32)
    for row, label in enumerate(labels):
        table[row, label] = 1.0
    return table


# %% exercise="build_model"
class Network(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = layers.Dense(512)
        self.classes = layers.Dense(10)

    def call(self, x):
        return keras.ops.softmax(self.classes(keras.ops.relu(self.hidden(x))))


def build_model():
    network = Network()
    network(np.zeros((1, 784)))
    network.compile(
        keras.optimizers.RMSprop(), keras.losses.categorical_crossentropy, metrics=["accuracy"]
    )
    return network


# %% exercise="train_model"
def train_model(model, x, y, epochs=5, batch_size=128):
    curves = {"loss": [], "accuracy": []}
    for _ in range(epochs):
        epoch = model.fit(x, y, epochs=1, batch_size=batch_size, verbose=0).history
        for name in curves:
            curves[name] += epoch[name]
    return curves


def my_bet():
    return 1


# %% exercise="find_confusions"
def find_confusions(y_true, y_pred, num_classes=10):
    counts = [[0] * num_classes for _ in range(num_classes)]
    for true, predicted in zip(y_true, y_pred, strict=True):
        counts[true][predicted] += 1
    most, pair = -1, None
    for true in range(num_classes):
        for predicted in range(num_classes):
            if true != predicted and counts[true][predicted] > most:
                most, pair = counts[true][predicted], [true, predicted]
    return np.array(counts), pair


# %% exercise="judge"
def judge(model, images, labels):
    rows = np.array([image.ravel() for image in images], dtype="float32") * (1 / 255)
    answers = np.array([[float(label == name) for name in range(10)] for label in labels])
    return dict(model.evaluate(rows, answers, batch_size=len(rows), return_dict=True, verbose=0))
