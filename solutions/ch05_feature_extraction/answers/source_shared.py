"""Gives out the same network again where one of this kind has been made.

exercise: build_source
fails: test_build_source
"""


# %% exercise="build_source"
MADE = {}


def build_source(input_shape=(28, 28, 1), filters=32, name="my_intermediate_layer"):
    key = input_shape, filters
    if key not in MADE:
        MADE[key] = keras.Sequential(
            [
                keras.Input(input_shape),
                layers.Conv2D(filters, 5, strides=2, activation="relu"),
                layers.Conv2D(filters, 3, activation="relu", name=name),
                layers.Conv2D(filters, 3, activation="relu"),
            ]
        )
    return MADE[key]
