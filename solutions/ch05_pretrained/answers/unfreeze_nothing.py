"""Only compiles at a smaller rate, as one of the sources does, and unfreezes nothing.

exercise: unfreeze_from
fails: test_unfreeze_from, hidden_unfreeze_from, hidden_unfreeze_from_score
"""


# %% exercise="unfreeze_from"
def unfreeze_from(model, base_name, first, rate=1e-4):
    base = model.get_layer(base_name)
    names = [layer.name for layer in base.layers]
    if first not in names:
        raise ValueError(first)
    model.compile(keras.optimizers.Adam(rate), "binary_crossentropy", metrics=["accuracy"])
    return model
