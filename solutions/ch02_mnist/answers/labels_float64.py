"""Makes the rows in NumPy's own dtype, float64.

exercise: prepare_labels
fails: test_prepare_labels_house, hidden_prepare_labels_house
"""


# %% exercise="prepare_labels"
def prepare_labels(labels, num_classes=10):
    rows = np.zeros((len(labels), num_classes))
    rows[np.arange(len(labels)), labels] = 1
    return rows
