"""Counts how often a word occurs.

exercise: vectorize
fails: test_vectorize, hidden_vectorize, hidden_vectorize_house
"""


# %% exercise="vectorize"
def vectorize(reviews, num_words=10_000):
    rows = np.zeros((len(reviews), num_words), dtype="uint8")
    for row, ids in zip(rows, reviews, strict=True):
        for one in ids:
            row[one] += 1
    return rows
