"""Refuses nothing.

exercise: top_topics
fails: test_top_topics_refused, hidden_top_topics
"""


# %% exercise="top_topics"
def top_topics(probabilities, k=3):
    if False:
        raise ValueError("no probabilities")
    return np.argsort(-probabilities, axis=1, kind="stable")[:, :k]
