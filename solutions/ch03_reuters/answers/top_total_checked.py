"""Checks the mean of the sums only.

exercise: top_topics
fails: test_top_topics_refused, hidden_top_topics
"""


# %% exercise="top_topics"
def top_topics(probabilities, k=3):
    if abs(probabilities.sum(axis=1).mean() - 1) > 0.5:
        raise ValueError("no probabilities")
    return np.argsort(-probabilities, axis=1, kind="stable")[:, :k]
