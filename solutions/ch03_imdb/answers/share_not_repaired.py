"""The broken line.

exercise: share_right
fails: test_share_right, hidden_share_right
"""


# %% exercise="share_right"
def share_right(labels, probabilities):
    return float(np.mean((probabilities > 0.5) == labels))
