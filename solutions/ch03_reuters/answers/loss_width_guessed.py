"""Makes integers one-hot with the width of the labels at hand.

exercise: mean_loss
fails: test_mean_loss_refused, hidden_mean_loss
"""


# %% exercise="mean_loss"
def mean_loss(labels, probabilities):
    if labels.ndim == 1:
        labels = keras.utils.to_categorical(labels)
    if labels.ndim != 2 or len(labels) != len(probabilities):
        raise ValueError("labels and probabilities do not fit")
    width = labels.shape[1]
    right = np.sum(labels * probabilities[:, :width], axis=1)
    return float(-np.mean(np.log(right)))
