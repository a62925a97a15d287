"""A model class of its own: augments in predict and evaluate too.

exercise: with_augmentation
fails: test_with_augmentation, hidden_with_augmentation
"""


# %% exercise="with_augmentation"
def with_augmentation(augment, network):
    class Augmented(keras.Model):
        def __init__(self):
            super().__init__()
            self.augment, self.network = augment, network

        def call(self, x):
            return self.network(self.augment(x, training=True))

    model = Augmented()
    model.compile(
        optimizer=keras.optimizers.Adam(0.002), loss="binary_crossentropy", metrics=["accuracy"]
    )
    return model
