"""Saves under a name to which NumPy adds an ending, and never finds the file.

exercise: cached_features
fails: test_cached_features, hidden_cached_features
"""


# %% exercise="cached_features"
def cached_features(base, x, path, batch_size=64):
    if os.path.exists(path):
        features = np.load(path)
        if len(features) == len(x):
            return features
    maps = base.predict(x, batch_size=batch_size, verbose=0)
    features = maps.mean(axis=(1, 2)).astype("float32")
    np.save(path, features)
    return features
