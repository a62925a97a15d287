"""Half a repair: takes the first column, which a row has not.

exercise: share_right
fails: test_share_right, hidden_share_right
"""


# %% exercise="share_right"
def share_right(labels, probabilities):
    if len(labels) != len(probabilities):
        raise ValueError("unequal numbers")
    return float(np.mean((probabilities[:, 0] > 0.5) == labels))
