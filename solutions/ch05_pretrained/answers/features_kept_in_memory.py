"""Keeps the features in a dict instead of the file.

exercise: cached_features
fails: test_cached_features, hidden_cached_features
"""


# %% exercise="cached_features"
seen = {}


def cached_features(base, x, path, batch_size=64):
    if path not in seen or len(seen[path]) != len(x):
        seen[path] = base.predict(x, batch_size=batch_size, verbose=0).mean(axis=(1, 2))
    return seen[path]
