"""Half a repair: the diagonal of the square, which two columns do not have.

exercise: share_right
fails: test_share_right, hidden_share_right
"""


# %% exercise="share_right"
def share_right(labels, probabilities):
    if len(labels) != len(probabilities):
        raise ValueError("unequal numbers")
    right = (probabilities > 0.5) == labels
    return float(np.mean(right if right.ndim == 1 else np.diagonal(right)))
