"""Looks into a copy, which the training does not reach.

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
    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    return keras.Model(copy.inputs, copy.get_layer(name).output)
