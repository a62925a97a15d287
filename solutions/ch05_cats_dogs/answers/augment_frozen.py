"""Freezes the network.

exercise: with_augmentation
fails: test_with_augmentation, hidden_with_augmentation, hidden_with_augmentation_score
"""


# %% exercise="with_augmentation"
def with_augmentation(augment, network):
    inputs = keras.Input(network.input_shape[1:])
    network.trainable = False
    model = keras.Model(inputs, network(augment(inputs)))
    model.compile(
        optimizer=keras.optimizers.Adam(0.002), loss="binary_crossentropy", metrics=["accuracy"]
    )
    return model
