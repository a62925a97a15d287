"""Cuts off what is too long.

exercise: share_right
fails: test_share_right, hidden_share_right
"""


# %% exercise="share_right"
def share_right(labels, probabilities):
    pairs = list(zip(np.ravel(labels), np.ravel(probabilities), strict=False))
    return sum((chance > 0.5) == label for label, chance in pairs) / len(pairs)
