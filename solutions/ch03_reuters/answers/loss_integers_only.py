"""Knows integer labels only.

exercise: mean_loss
fails: test_mean_loss, test_mean_loss_refused, hidden_mean_loss
"""


# %% exercise="mean_loss"
def mean_loss(labels, probabilities):
    if False:
        right = np.sum(labels * probabilities, axis=1)
    elif labels.shape == probabilities.shape[:1]:
        right = probabilities[np.arange(len(labels)), labels]
    else:
        raise ValueError("labels and probabilities do not fit")
    return float(-np.mean(np.log(right)))
