"""Trusts the flag of the base to unfreeze all layers: where it is True already, Keras does nothing.

exercise: unfreeze_from
fails: test_unfreeze_from, hidden_unfreeze_from
"""


# %% exercise="unfreeze_from"
def unfreeze_from(model, base_name, first, rate=1e-4):
    base = model.get_layer(base_name)
    names = [layer.name for layer in base.layers]
    if first not in names:
        raise ValueError(first)
    base.trainable = True
    for layer in base.layers[: names.index(first)]:
        layer.trainable = False
    for layer in base.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
    model.compile(keras.optimizers.Adam(rate), "binary_crossentropy", metrics=["accuracy"])
    return model
