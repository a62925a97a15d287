"""Wipes the caller's labels.

exercise: prepare_labels
fails: test_prepare_labels_house, hidden_prepare_labels_house
"""


# %% exercise="prepare_labels"
def prepare_labels(labels, num_classes=10):
    rows = np.eye(num_classes, dtype="float32")[labels]
    labels[:] = 0
    return rows
