"""Counts the classes from 1.

exercise: prepare_labels
fails: test_prepare_labels, hidden_prepare_labels
"""


# %% exercise="prepare_labels"
def prepare_labels(labels, num_classes=10):
    return np.eye(num_classes, dtype="float32")[labels.astype(int) - 1]
