"""Forgets to compile.

exercise: with_augmentation
fails: test_with_augmentation, hidden_with_augmentation, hidden_with_augmentation_score
"""


# %% exercise="with_augmentation"
def with_augmentation(augment, network):
    inputs = keras.Input(network.input_shape[1:])
    return keras.Model(inputs, network(augment(inputs)))
