"""Half a repair: flattens the answers only.

exercise: share_right
fails: test_share_right, hidden_share_right
"""


# %% exercise="share_right"
def share_right(labels, probabilities):
    if len(labels) != len(probabilities):
        raise ValueError("unequal numbers")
    return float(np.mean((probabilities.ravel() > 0.5) == labels))
