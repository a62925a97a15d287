"""Counts the input as a layer.

exercise: all_features
fails: test_all_features, hidden_all_features
"""


# %% exercise="all_features"
def all_features(model):
    if not model.built:
        raise ValueError("not built")
    outputs = {layer.name: layer.output for layer in model.layers}
    return keras.Model(model.inputs, {"input": model.inputs[0], **outputs})


def one_layer_features(model, name):
    if not model.built:
        raise ValueError("not built")
    return keras.Model(model.inputs, model.get_layer(name).output)
