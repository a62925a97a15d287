"""Compiles while everything is trainable, and freezes after the first epoch.

exercise: train_head
fails: test_train_head, hidden_train_head
"""


# %% exercise="train_head"
def train_head(model, base_name, x, y, epochs=1, rate=1e-3):
    model.compile(keras.optimizers.Adam(rate), "binary_crossentropy", metrics=["accuracy"])
    model.fit(x, y, epochs=1, batch_size=32, verbose=0)
    model.get_layer(base_name).trainable = False
    model.fit(x, y, epochs=epochs - 1, batch_size=32, verbose=0)
    return model
