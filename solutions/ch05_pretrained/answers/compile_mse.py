"""Takes the mean squared error.

exercise: build_on_base
fails: test_build_on_base_training
"""


# %% exercise="build_on_base"
def build_on_base(base, augmentation, units=32, rate=2e-3):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    x = base(augmentation(inputs), training=False)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dense(units, activation="relu")(x)
    outputs = layers.Dense(1, activation="sigmoid")(x)
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(rate), "mse", metrics=["accuracy"])
    return model


def my_bet():
    return 0.8
