"""Sorts the ids of its argument.

exercise: vectorize
fails: test_vectorize_house, hidden_vectorize_house
"""


# %% exercise="vectorize"
def vectorize(reviews, num_words=10_000):
    rows = np.zeros((len(reviews), num_words), dtype="uint8")
    for row, ids in zip(rows, reviews, strict=True):
        ids.sort()
        row[ids] = 1
    return rows
