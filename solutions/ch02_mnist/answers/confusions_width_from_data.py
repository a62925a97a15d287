"""Makes as many classes as occur.

exercise: find_confusions
fails: hidden_find_confusions
"""


# %% exercise="find_confusions"
def find_confusions(y_true, y_pred, num_classes=10):
    num_classes = max(y_true.max(), y_pred.max()) + 1
    matrix = np.zeros((num_classes, num_classes), dtype=int)
    np.add.at(matrix, (y_true, y_pred), 1)
    mistakes = matrix - np.diag(np.diag(matrix))
    pair = np.unravel_index(mistakes.argmax(), mistakes.shape)
    return matrix, pair
