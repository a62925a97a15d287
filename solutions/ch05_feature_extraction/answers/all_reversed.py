"""Pairs the names with the outputs in reverse order.

exercise: all_features
fails: test_all_features, hidden_all_features
"""


# %% exercise="all_features"
def all_features(model):
    if not model.built:
        raise ValueError("not built")
    names = [layer.name for layer in reversed(model.layers)]
    return keras.Model(
        model.inputs, dict(zip(names, [layer.output for layer in model.layers], strict=True))
    )


def one_layer_features(model, name):
    if not model.built:
        raise ValueError("not built")
    return keras.Model(model.inputs, model.get_layer(name).output)
