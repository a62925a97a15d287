"""Returns the most probable topic last.

exercise: top_topics
fails: test_top_topics, hidden_top_topics
"""


# %% exercise="top_topics"
def top_topics(probabilities, k=3):
    if np.any(np.abs(probabilities.sum(axis=1) - 1) > 0.001):
        raise ValueError("no probabilities")
    return np.argsort(probabilities, axis=1, kind="stable")[:, -k:]
