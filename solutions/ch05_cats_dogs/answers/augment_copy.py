"""Trains a copy of the network.

exercise: with_augmentation
fails: test_with_augmentation, hidden_with_augmentation
"""


# %% exercise="with_augmentation"
def with_augmentation(augment, network):
    inputs = keras.Input(network.input_shape[1:])
    twin = keras.models.clone_model(network)
    twin.set_weights(network.get_weights())
    model = keras.Model(inputs, twin(augment(inputs)))
    model.compile(
        optimizer=keras.optimizers.Adam(0.002), loss="binary_crossentropy", metrics=["accuracy"]
    )
    return model
