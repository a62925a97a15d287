"""Sets the diagonal of the matrix itself to 0 to find the pair.

exercise: find_confusions
fails: test_find_confusions, hidden_find_confusions
"""


# %% exercise="find_confusions"
def find_confusions(y_true, y_pred, num_classes=10):
    matrix = np.zeros((num_classes, num_classes), dtype=int)
    np.add.at(matrix, (y_true, y_pred), 1)
    np.fill_diagonal(matrix, 0)
    return matrix, np.unravel_index(matrix.argmax(), matrix.shape)
