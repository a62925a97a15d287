"""Forgets the columns where there are no reviews.

exercise: vectorize
fails: test_vectorize_house, hidden_vectorize_house
"""


# %% exercise="vectorize"
def vectorize(reviews, num_words=10_000):
    for ids in reviews:
        if ids.max(initial=0) >= num_words:
            raise ValueError("an id is too large")
    return np.array([np.isin(np.arange(num_words), ids) for ids in reviews], dtype="uint8")
