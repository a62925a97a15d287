"""Builds an unbuilt model for pictures of a size that nobody asked for.

exercise: all_features
fails: test_all_features, hidden_all_features, test_all_features_one, hidden_all_features_one
"""


# %% exercise="all_features"
def all_features(model):
    if not model.built:
        model.build((None, 28, 28, 1))
    return keras.Model(model.inputs, {layer.name: layer.output for layer in model.layers})


def one_layer_features(model, name):
    if not model.built:
        model.build((None, 28, 28, 1))
    return keras.Model(model.inputs, model.get_layer(name).output)
