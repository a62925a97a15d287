"""Mirrors the pictures of every dataset, those of validation too.

exercise: make_dataset
fails: test_make_dataset, hidden_make_dataset
"""


# %% exercise="make_dataset"
def make_dataset(images, labels, batch_size=36, shuffle=False):
    columns = np.asarray(labels, "float32")[:, None]
    data = tf.data.Dataset.from_tensor_slices((images, columns))
    if shuffle:
        data = data.shuffle(len(images))
    flip = layers.RandomFlip("horizontal")
    data = data.batch(batch_size).map(lambda x, y: (tf.cast(x, "float32"), y))
    return data.map(lambda x, y: (flip(x, training=True), y))
