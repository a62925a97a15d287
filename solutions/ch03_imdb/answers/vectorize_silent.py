"""Leaves out ids that are too large, in silence.

exercise: vectorize
fails: test_vectorize, hidden_vectorize
"""


# %% exercise="vectorize"
def vectorize(reviews, num_words=10_000):
    rows = np.zeros((len(reviews), num_words), dtype="uint8")
    for row, ids in zip(rows, reviews, strict=True):
        row[ids[ids < num_words]] = 1
    return rows
