"""Sorts the columns instead of the rows.

exercise: top_topics
fails: test_top_topics, hidden_top_topics
"""


# %% exercise="top_topics"
def top_topics(probabilities, k=3):
    if np.any(np.abs(probabilities.sum(axis=1) - 1) > 0.001):
        raise ValueError("no probabilities")
    return np.argsort(-probabilities, axis=0, kind="stable")[:, :k]
