"""Marks the words of every review in all rows.

exercise: vectorize
fails: test_vectorize, hidden_vectorize, hidden_vectorize_house
"""


# %% exercise="vectorize"
def vectorize(reviews, num_words=10_000):
    rows = np.zeros((len(reviews), num_words), dtype="uint8")
    for ids in reviews:
        rows[:, ids] = 1
    return rows
