"""Takes softmax on one unit, which always says 1.

exercise: build_on_base
fails: test_build_on_base, test_build_on_base_training, hidden_build_on_base
"""


# %% exercise="build_on_base"
def build_on_base(base, augmentation, units=32, rate=2e-3):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    x = base(augmentation(inputs), training=False)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dense(units, activation="relu")(x)
    outputs = layers.Dense(1, activation="softmax")(x)
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(rate), "binary_crossentropy", metrics=["accuracy"])
    return model


def my_bet():
    return 0.8
