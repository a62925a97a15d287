"""Takes every k-th row: no block of neighbours.

exercise: split_folds
fails: test_split_folds, hidden_split_folds
"""


# %% exercise="split_folds"
def split_folds(count, k):
    if not 2 <= k <= count:
        raise ValueError("so many folds cannot be")
    rows = np.arange(count)
    return [(rows[rows % k != fold], rows[rows % k == fold]) for fold in range(k)]
