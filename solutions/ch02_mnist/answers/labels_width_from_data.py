"""Lets Keras guess the number of columns from the labels at hand.

exercise: prepare_labels
fails: test_prepare_labels, test_prepare_labels_house, hidden_prepare_labels, hidden_prepare_labels_house
"""


# %% exercise="prepare_labels"
def prepare_labels(labels, num_classes=10):
    return keras.utils.to_categorical(labels).astype("float32")
