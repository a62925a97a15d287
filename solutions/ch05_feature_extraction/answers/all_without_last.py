"""Leaves the last layer out.

exercise: all_features
fails: test_all_features, hidden_all_features
"""


# %% exercise="all_features"
def all_features(model):
    if not model.built:
        raise ValueError("not built")
    inner = model.layers[:-1] or model.layers
    return keras.Model(model.inputs, {layer.name: layer.output for layer in inner})


def one_layer_features(model, name):
    if not model.built:
        raise ValueError("not built")
    return keras.Model(model.inputs, model.get_layer(name).output)
