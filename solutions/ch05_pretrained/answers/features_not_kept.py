"""Computes anew at each call.

exercise: cached_features
fails: test_cached_features, hidden_cached_features
"""


# %% exercise="cached_features"
def cached_features(base, x, path, batch_size=64):
    maps = base.predict(x, batch_size=batch_size, verbose=0)
    return maps.mean(axis=(1, 2))
