"""Takes each layer's input for its output.

exercise: all_features
fails: test_all_features, hidden_all_features
"""


# %% exercise="all_features"
def all_features(model):
    if not model.built:
        raise ValueError("not built")
    return keras.Model(model.inputs, {layer.name: layer.input for layer in model.layers})


def one_layer_features(model, name):
    if not model.built:
        raise ValueError("not built")
    return keras.Model(model.inputs, model.get_layer(name).output)
