"""Takes an unknown name without a word, and freezes everything.

exercise: unfreeze_from
fails: test_unfreeze_from, hidden_unfreeze_from
"""


# %% exercise="unfreeze_from"
def unfreeze_from(model, base_name, first, rate=1e-4):
    base = model.get_layer(base_name)
    base.trainable = True
    on = False
    for layer in base.layers:
        on = on or layer.name == first
        layer.trainable = on and not isinstance(layer, layers.BatchNormalization)
    model.compile(keras.optimizers.Adam(rate), "binary_crossentropy", metrics=["accuracy"])
    return model
