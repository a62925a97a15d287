"""Validates two blocks in each middle fold, as the book's figure shows.

exercise: split_folds
fails: test_split_folds, hidden_split_folds
"""


# %% exercise="split_folds"
def split_folds(count, k):
    if not 2 <= k <= count:
        raise ValueError("so many folds cannot be")
    rows, blocks = np.arange(count), np.array_split(np.arange(count), k)
    pairs = []
    for fold in range(k):
        middle = 0 < fold < k - 1
        judges = np.concatenate([blocks[fold], blocks[fold + 1]]) if middle else blocks[fold]
        pairs.append((np.setdiff1d(rows, judges), judges))
    return pairs
