"""Returns the matrix and forgets the pair.

exercise: find_confusions
fails: test_find_confusions, hidden_find_confusions
"""


# %% exercise="find_confusions"
def find_confusions(y_true, y_pred, num_classes=10):
    matrix = np.zeros((num_classes, num_classes), dtype=int)
    np.add.at(matrix, (y_true, y_pred), 1)
    return matrix
