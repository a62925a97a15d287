"""Batches of 32, whatever was asked for.

exercise: make_dataset
fails: test_make_dataset, hidden_make_dataset
"""


# %% exercise="make_dataset"
def make_dataset(images, labels, batch_size=36, shuffle=False):
    columns = np.asarray(labels, "float32")[:, None]
    data = tf.data.Dataset.from_tensor_slices((images, columns))
    if shuffle:
        data = data.shuffle(len(images))
    return data.batch(32).map(lambda x, y: (tf.cast(x, "float32"), y))
