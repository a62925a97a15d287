"""Names the outputs by their numbers.

exercise: all_features
fails: test_all_features, hidden_all_features
"""


# %% exercise="all_features"
def all_features(model):
    if not model.built:
        raise ValueError("not built")
    outputs = {f"layer_{k}": layer.output for k, layer in enumerate(model.layers)}
    return keras.Model(model.inputs, outputs)


def one_layer_features(model, name):
    if not model.built:
        raise ValueError("not built")
    return keras.Model(model.inputs, model.get_layer(name).output)
