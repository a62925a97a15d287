"""Takes the most frequent right answer for the most frequent mistake.

exercise: find_confusions
fails: test_find_confusions, hidden_find_confusions
"""


# %% exercise="find_confusions"
def find_confusions(y_true, y_pred, num_classes=10):
    matrix = np.zeros((num_classes, num_classes), dtype=int)
    np.add.at(matrix, (y_true, y_pred), 1)
    return matrix, np.unravel_index(matrix.argmax(), matrix.shape)
