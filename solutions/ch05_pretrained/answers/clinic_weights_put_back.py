"""Trains everything and puts the old weights of the base back.

exercise: train_head
fails: hidden_train_head
"""


# %% exercise="train_head"
def train_head(model, base_name, x, y, epochs=1, rate=1e-3):
    base = model.get_layer(base_name)
    old = base.get_weights()
    base.trainable = True
    model.compile(keras.optimizers.Adam(rate), "binary_crossentropy", metrics=["accuracy"])
    model.fit(x, y, epochs=epochs, batch_size=32, verbose=0)
    base.set_weights(old)
    base.trainable = False
    return model
