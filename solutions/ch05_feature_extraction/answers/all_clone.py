"""Copies the model, weights and all, and looks into the copy.

exercise: all_features
fails: test_all_features, hidden_all_features
"""


# %% exercise="all_features"
def all_features(model):
    if not model.built:
        raise ValueError("not built")
    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    return keras.Model(copy.inputs, {layer.name: layer.output for layer in copy.layers})


def one_layer_features(model, name):
    if not model.built:
        raise ValueError("not built")
    return keras.Model(model.inputs, model.get_layer(name).output)
