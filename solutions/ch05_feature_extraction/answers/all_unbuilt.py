"""Lets an unbuilt model run into Keras' own AttributeError.

exercise: all_features
fails: test_all_features, hidden_all_features, test_all_features_one, hidden_all_features_one
"""


# %% exercise="all_features"
def all_features(model):
    return keras.Model(model.inputs, {layer.name: layer.output for layer in model.layers})


def one_layer_features(model, name):
    return keras.Model(model.inputs, model.get_layer(name).output)
