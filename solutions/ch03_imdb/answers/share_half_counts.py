"""Counts 0.5 itself as favorable.

exercise: share_right
fails: test_share_right, hidden_share_right
"""


# %% exercise="share_right"
def share_right(labels, probabilities):
    true, said = np.ravel(labels), np.ravel(probabilities) >= 0.5
    if len(true) != len(said):
        raise ValueError("unequal numbers")
    return float(np.mean(true == said))
