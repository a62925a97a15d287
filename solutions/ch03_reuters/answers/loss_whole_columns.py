"""Takes whole columns of the probabilities instead of one number a row.

exercise: mean_loss
fails: test_mean_loss, hidden_mean_loss
"""


# %% exercise="mean_loss"
def mean_loss(labels, probabilities):
    if labels.shape == probabilities.shape:
        right = np.sum(labels * probabilities, axis=1)
    elif labels.shape == probabilities.shape[:1]:
        right = probabilities[:, labels]
    else:
        raise ValueError("labels and probabilities do not fit")
    return float(-np.mean(np.log(right)))
