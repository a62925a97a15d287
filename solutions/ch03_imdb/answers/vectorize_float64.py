"""Leaves NumPy's float64: eight times the memory.

exercise: vectorize
fails: test_vectorize_house, hidden_vectorize_house
"""


# %% exercise="vectorize"
def vectorize(reviews, num_words=10_000):
    rows = np.zeros((len(reviews), num_words))
    for row, ids in zip(rows, reviews, strict=True):
        row[ids] = 1
    return rows
