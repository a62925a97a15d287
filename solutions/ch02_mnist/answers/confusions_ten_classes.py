"""Makes ten classes, whatever num_classes says.

exercise: find_confusions
fails: test_find_confusions, hidden_find_confusions
"""


# %% exercise="find_confusions"
def find_confusions(y_true, y_pred, num_classes=10):
    matrix = np.zeros((10, 10), dtype=int)
    np.add.at(matrix, (y_true, y_pred), 1)
    mistakes = matrix - np.diag(np.diag(matrix))
    pair = np.unravel_index(mistakes.argmax(), mistakes.shape)
    return matrix, pair
