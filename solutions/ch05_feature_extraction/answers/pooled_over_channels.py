"""Takes the mean over the channels of each place.

exercise: pooled_features
fails: test_pooled_features, hidden_pooled_features, hidden_pooled_features_house, hidden_pooled_features_score
"""


# %% exercise="pooled_features"
def pooled_features(model, name, pictures, cells=2, batch_size=500):
    maps_of = one_layer_features(model, name)
    _, height, width, _ = maps_of.output_shape
    rows = np.zeros((len(pictures), height * width), dtype="float32")
    for start in range(0, len(pictures), batch_size):
        maps = np.asarray(maps_of(pictures[start : start + batch_size], training=False))
        rows[start : start + batch_size] = maps.mean(axis=3).reshape(len(maps), height * width)
    return rows


def my_bet():
    return 0.85
