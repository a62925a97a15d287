"""Runs the base as in training: batch statistics, and moving ones that move.

exercise: cached_features
fails: test_cached_features, hidden_cached_features
"""


# %% exercise="cached_features"
def cached_features(base, x, path, batch_size=64):
    if os.path.exists(path):
        features = np.load(path)
        if len(features) == len(x):
            return features
    maps = np.concatenate([np.asarray(base(x[i : i + batch_size], training=True)) for i in range(0, len(x), batch_size)])
    features = maps.mean(axis=(1, 2)).astype("float32")

    with open(path, "wb") as file:
        np.save(file, features)
    return features
