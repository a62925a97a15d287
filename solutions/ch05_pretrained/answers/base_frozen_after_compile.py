"""Compiles, trains for a step, and freezes then.

exercise: build_on_base
fails: hidden_build_on_base_training
"""


# %% exercise="build_on_base"
def build_on_base(base, augmentation, units=32, rate=2e-3):
    inputs = keras.Input(base.input_shape[1:])
    x = base(augmentation(inputs), training=False)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dense(units, activation="relu")(x)
    outputs = layers.Dense(1, activation="sigmoid")(x)
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.Adam(rate), "binary_crossentropy", metrics=["accuracy"])

    shape = (2, *base.input_shape[1:])
    model.fit(np.zeros(shape, "float32"), np.zeros(2), verbose=0)
    base.trainable = False
    return model


def my_bet():
    return 0.8
