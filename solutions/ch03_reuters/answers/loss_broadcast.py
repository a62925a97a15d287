"""Lets NumPy decide which shapes go together.

exercise: mean_loss
fails: hidden_mean_loss, test_mean_loss_refused
"""


# %% exercise="mean_loss"
def mean_loss(labels, probabilities):
    if labels.ndim == 1:
        right = probabilities[np.arange(len(labels)), labels]
    else:
        right = np.sum(labels * probabilities, axis=1)
    return float(-np.mean(np.log(right)))
