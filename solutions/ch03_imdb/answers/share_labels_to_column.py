"""Half a repair: makes a column of the labels, whatever the answers are.

exercise: share_right
fails: test_share_right, hidden_share_right
"""


# %% exercise="share_right"
def share_right(labels, probabilities):
    if len(labels) != len(probabilities):
        raise ValueError("unequal numbers")
    return float(np.mean((probabilities > 0.5) == labels.reshape(-1, 1)))
