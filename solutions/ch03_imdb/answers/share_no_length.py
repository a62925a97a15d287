"""Leaves unequal numbers to NumPy, which spreads a single label.

exercise: share_right
fails: test_share_right, hidden_share_right
"""


# %% exercise="share_right"
def share_right(labels, probabilities):
    return float(np.mean(np.ravel(labels) == (np.ravel(probabilities) > 0.5)))
