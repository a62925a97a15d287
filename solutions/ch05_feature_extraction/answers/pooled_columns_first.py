"""Goes through the cells column by column.

exercise: pooled_features
fails: test_pooled_features, hidden_pooled_features
"""


# %% exercise="pooled_features"
def pooled_features(model, name, pictures, cells=2, batch_size=500):
    maps_of = one_layer_features(model, name)
    _, height, width, channels = maps_of.output_shape
    rows = np.zeros((len(pictures), cells, cells, channels), dtype="float32")
    for start in range(0, len(pictures), batch_size):
        batch = slice(start, start + batch_size)
        maps = np.asarray(maps_of(pictures[batch], training=False))
        for i in range(cells):
            for j in range(cells):
                down = slice(i * height // cells, (i + 1) * height // cells)
                across = slice(j * width // cells, (j + 1) * width // cells)
                rows[batch, j, i] = maps[:, down, across].mean(axis=(1, 2))
    return rows.reshape(len(pictures), cells * cells * channels)


def my_bet():
    return 0.85
