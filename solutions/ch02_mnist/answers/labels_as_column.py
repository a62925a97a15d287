"""Leaves the labels as they are, in a column.

exercise: prepare_labels
fails: test_prepare_labels, test_prepare_labels_house, hidden_prepare_labels, hidden_prepare_labels_house
"""


# %% exercise="prepare_labels"
def prepare_labels(labels, num_classes=10):
    return labels.astype("float32").reshape(len(labels), 1)
