"""Labels of shape (b,) in place of (b, 1).

exercise: make_dataset
fails: test_make_dataset, test_make_dataset_shuffle, hidden_make_dataset, hidden_make_dataset_shuffle
"""


# %% exercise="make_dataset"
def make_dataset(images, labels, batch_size=36, shuffle=False):
    data = tf.data.Dataset.from_tensor_slices((images, np.asarray(labels, "float32")))
    if shuffle:
        data = data.shuffle(len(images))
    return data.batch(batch_size).map(lambda x, y: (tf.cast(x, "float32"), y))
