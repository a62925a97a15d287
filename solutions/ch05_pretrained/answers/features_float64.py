"""Returns float64.

exercise: cached_features
fails: test_cached_features, hidden_cached_features
"""


# %% exercise="cached_features"
def cached_features(base, x, path, batch_size=64):
    if os.path.exists(path):
        features = np.load(path)
        if len(features) == len(x):
            return features.astype('float64')
    maps = base.predict(x, batch_size=batch_size, verbose=0)
    features = maps.astype('float64').mean(axis=(1, 2))

    with open(path, "wb") as file:
        np.save(file, features)
    return features
