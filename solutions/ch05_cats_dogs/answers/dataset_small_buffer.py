"""A buffer of one batch mixes neighbours only.

exercise: make_dataset
fails: test_make_dataset_shuffle, hidden_make_dataset_shuffle
"""


# %% exercise="make_dataset"
def make_dataset(images, labels, batch_size=36, shuffle=False):
    columns = np.asarray(labels, "float32")[:, None]
    data = tf.data.Dataset.from_tensor_slices((images, columns))
    if shuffle:
        data = data.shuffle(batch_size)
    return data.batch(batch_size).map(lambda x, y: (tf.cast(x, "float32"), y))
