"""Takes what goes into the layer.

exercise: all_features
fails: test_all_features_one, hidden_all_features_one
"""


# %% exercise="all_features"
def all_features(model):
    if not model.built:
        raise ValueError("not built")
    return keras.Model(model.inputs, {layer.name: layer.output for layer in model.layers})


def one_layer_features(model, name):
    if not model.built:
        raise ValueError("not built")
    return keras.Model(model.inputs, model.get_layer(name).input)
