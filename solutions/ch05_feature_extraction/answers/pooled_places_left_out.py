"""Makes all cells equally large and leaves out the places behind.

exercise: pooled_features
fails: test_pooled_features, hidden_pooled_features
"""


# %% exercise="pooled_features"
def pooled_features(model, name, pictures, cells=2, batch_size=500):
    maps_of = one_layer_features(model, name)
    _, height, width, channels = maps_of.output_shape
    high, wide = height // cells, width // cells
    rows = np.zeros((len(pictures), cells, cells, channels), dtype="float32")
    for start in range(0, len(pictures), batch_size):
        batch = slice(start, start + batch_size)
        maps = np.asarray(maps_of(pictures[batch], training=False))
        for i in range(cells):
            for j in range(cells):
                part = maps[:, i * high : (i + 1) * high, j * wide : (j + 1) * wide]
                rows[batch, i, j] = part.mean(axis=(1, 2))
    return rows.reshape(len(pictures), -1) if len(pictures) else rows.reshape(0, cells**2 * channels)


def my_bet():
    return 0.85
