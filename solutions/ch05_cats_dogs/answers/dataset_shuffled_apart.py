"""Shuffles pictures and labels one after the other.

exercise: make_dataset
fails: test_make_dataset_shuffle, hidden_make_dataset_shuffle
"""


# %% exercise="make_dataset"
def make_dataset(images, labels, batch_size=36, shuffle=False):
    columns = np.asarray(labels, "float32")[:, None]
    if shuffle:
        images = np.random.permutation(images)
        columns = np.random.permutation(columns)
    data = tf.data.Dataset.from_tensor_slices((images, columns))
    return data.batch(batch_size).map(lambda x, y: (tf.cast(x, "float32"), y))
