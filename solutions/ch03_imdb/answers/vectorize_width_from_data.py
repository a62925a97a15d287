"""Takes the number of columns from the reviews at hand.

exercise: vectorize
fails: test_vectorize, hidden_vectorize, test_vectorize_house, hidden_vectorize_house
"""


# %% exercise="vectorize"
def vectorize(reviews, num_words=10_000):
    width = max(ids.max(initial=0) for ids in reviews) + 1
    rows = np.zeros((len(reviews), width), dtype="uint8")
    for row, ids in zip(rows, reviews, strict=True):
        row[ids] = 1
    return rows
