"""Wraps augmentation in a function that says that it is not training.

exercise: with_augmentation
fails: test_with_augmentation, hidden_with_augmentation
"""


# %% exercise="with_augmentation"
def with_augmentation(augment, network):
    inputs = keras.Input(network.input_shape[1:])
    model = keras.Model(inputs, network(layers.Lambda(lambda x: augment(x, training=False))(inputs)))
    model.compile(
        optimizer=keras.optimizers.Adam(0.002), loss="binary_crossentropy", metrics=["accuracy"]
    )
    return model
