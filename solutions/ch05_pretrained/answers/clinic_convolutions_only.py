"""Freezes the convolutions only; batch normalization learns on.

exercise: train_head
fails: test_train_head, hidden_train_head
"""


# %% exercise="train_head"
def train_head(model, base_name, x, y, epochs=1, rate=1e-3):
    for layer in model.get_layer(base_name).layers:
        if isinstance(layer, layers.Conv2D):
            layer.trainable = False
    model.compile(keras.optimizers.Adam(rate), "binary_crossentropy", metrics=["accuracy"])
    model.fit(x, y, epochs=epochs, batch_size=32, verbose=0)
    model.get_layer(base_name).trainable = False
    return model
