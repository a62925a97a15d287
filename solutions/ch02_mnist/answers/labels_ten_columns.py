"""Makes ten columns, whatever num_classes says.

exercise: prepare_labels
fails: test_prepare_labels, hidden_prepare_labels, hidden_prepare_labels_house
"""


# %% exercise="prepare_labels"
def prepare_labels(labels, num_classes=10):
    return np.eye(10, dtype="float32")[labels]
