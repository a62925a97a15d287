"""Goes on at the rate of the head.

exercise: unfreeze_from
fails: test_unfreeze_from, hidden_unfreeze_from, hidden_unfreeze_from_score
"""


# %% exercise="unfreeze_from"
def unfreeze_from(model, base_name, first, rate=1e-4):
    base = model.get_layer(base_name)
    names = [layer.name for layer in base.layers]
    if first not in names:
        raise ValueError(first)
    rate = float(model.optimizer.learning_rate)
    base.trainable = True
    for number, layer in enumerate(base.layers):
        is_norm = isinstance(layer, layers.BatchNormalization)
        layer.trainable = number >= names.index(first) and not is_norm
    model.compile(keras.optimizers.Adam(rate), "binary_crossentropy", metrics=["accuracy"])
    return model
