"""Takes the mean over the whole map, whatever the number of cells.

exercise: pooled_features
fails: test_pooled_features, hidden_pooled_features, test_pooled_features_house, hidden_pooled_features_house, hidden_pooled_features_score
"""


# %% exercise="pooled_features"
def pooled_features(model, name, pictures, cells=2, batch_size=500):
    maps_of = one_layer_features(model, name)
    rows = np.zeros((len(pictures), maps_of.output_shape[-1]), dtype="float32")
    for start in range(0, len(pictures), batch_size):
        maps = maps_of(pictures[start : start + batch_size], training=False)
        rows[start : start + batch_size] = np.mean(maps, axis=(1, 2))
    return rows


def my_bet():
    return 0.85
