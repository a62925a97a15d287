"""A fixed buffer of a thousand, whatever comes.

exercise: make_dataset
fails: hidden_make_dataset_shuffle
"""


# %% exercise="make_dataset"
def make_dataset(images, labels, batch_size=36, shuffle=False):
    columns = np.asarray(labels, "float32")[:, None]
    data = tf.data.Dataset.from_tensor_slices((images, columns))
    if shuffle:
        data = data.shuffle(1000)
    return data.batch(batch_size).map(lambda x, y: (tf.cast(x, "float32"), y))
