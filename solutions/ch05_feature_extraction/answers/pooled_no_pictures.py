"""Uses predict, which fails on no pictures.

exercise: pooled_features
fails: test_pooled_features_house, hidden_pooled_features_house
"""


# %% exercise="pooled_features"
def pooled_features(model, name, pictures, cells=2, batch_size=500):
    maps = one_layer_features(model, name).predict(pictures, batch_size=batch_size, verbose=0)
    _, height, width, _ = maps.shape
    means = []
    for i in range(cells):
        for j in range(cells):
            down = slice(i * height // cells, (i + 1) * height // cells)
            across = slice(j * width // cells, (j + 1) * width // cells)
            means.append(maps[:, down, across].mean(axis=(1, 2)))
    return np.concatenate(means, axis=1).astype("float32")


def my_bet():
    return 0.85
