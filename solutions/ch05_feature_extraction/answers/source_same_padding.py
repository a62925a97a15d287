"""Pads the pictures, so that the maps keep their size.

exercise: build_source
fails: test_build_source, hidden_build_source
"""


# %% exercise="build_source"
def build_source(input_shape=(28, 28, 1), filters=32, name="my_intermediate_layer"):
    return keras.Sequential(
        [
            keras.Input(input_shape),
            layers.Conv2D(filters, 5, strides=2, padding="same", activation="relu"),
            layers.Conv2D(filters, 3, padding="same", activation="relu", name=name),
            layers.Conv2D(filters, 3, padding="same", activation="relu"),
        ]
    )
