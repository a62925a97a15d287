"""Takes the largest of one column: always class 0.

exercise: share_right
fails: test_share_right, hidden_share_right
"""


# %% exercise="share_right"
def share_right(labels, probabilities):
    if len(labels) != len(probabilities):
        raise ValueError("unequal numbers")
    return float(np.mean(probabilities.reshape(-1, 1).argmax(axis=1) == labels.ravel()))
