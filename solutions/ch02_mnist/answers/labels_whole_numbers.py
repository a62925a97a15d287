"""Gives whole numbers instead of float32.

exercise: prepare_labels
fails: test_prepare_labels_house, hidden_prepare_labels_house
"""


# %% exercise="prepare_labels"
def prepare_labels(labels, num_classes=10):
    return np.eye(num_classes, dtype=int)[labels]
