"""The slides' version: augmentation is not connected.

exercise: with_augmentation
fails: test_with_augmentation, hidden_with_augmentation
"""


# %% exercise="with_augmentation"
def with_augmentation(augment, network):
    inputs = keras.Input(network.input_shape[1:])
    x = augment(inputs)
    x = network(inputs)
    model = keras.Model(inputs, x)
    model.compile(
        optimizer=keras.optimizers.Adam(0.002), loss="binary_crossentropy", metrics=["accuracy"]
    )
    return model
