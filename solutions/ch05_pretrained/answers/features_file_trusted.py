"""Takes what is in the file, whatever it belongs to.

exercise: cached_features
fails: test_cached_features, hidden_cached_features
"""


# %% exercise="cached_features"
def cached_features(base, x, path, batch_size=64):
    if os.path.exists(path):
        return np.load(path)
    maps = base.predict(x, batch_size=batch_size, verbose=0)
    features = maps.mean(axis=(1, 2)).astype("float32")

    with open(path, "wb") as file:
        np.save(file, features)
    return features
