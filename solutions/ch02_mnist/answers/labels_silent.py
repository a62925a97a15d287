"""Gives a label without a column a row of zeros, in silence.

exercise: prepare_labels
fails: test_prepare_labels, hidden_prepare_labels
"""


# %% exercise="prepare_labels"
def prepare_labels(labels, num_classes=10):
    return (labels[:, None] == np.arange(num_classes)).astype("float32")
