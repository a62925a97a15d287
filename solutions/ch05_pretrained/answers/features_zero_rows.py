"""Fills an array batch by batch, and leaves the rows of the last one at zero.

exercise: cached_features
fails: test_cached_features, hidden_cached_features
"""


# %% exercise="cached_features"
def cached_features(base, x, path, batch_size=64):
    if os.path.exists(path):
        features = np.load(path)
        if len(features) == len(x):
            return features

    features = np.zeros((len(x), base.output_shape[-1]), dtype="float32")
    for number in range(len(x) // batch_size):
        rows = slice(number * batch_size, (number + 1) * batch_size)
        features[rows] = np.asarray(base(x[rows])).mean(axis=(1, 2))

    with open(path, "wb") as file:
        np.save(file, features)
    return features
