"""Builds a list of rows, whose array has one axis only when there are none.

exercise: prepare_labels
fails: test_prepare_labels_house, hidden_prepare_labels_house
"""


# %% exercise="prepare_labels"
def prepare_labels(labels, num_classes=10):
    rows = []
    for label in labels:
        row = [0.0] * num_classes
        row[int(label)] = 1.0
        rows.append(row)
    return np.array(rows, dtype="float32")
