"""The whole lab with matrices, complex numbers and physical devices.

exercise: all
fails:
"""


# %% exercise="describe_devices"
def describe_devices():
    found = tf.config.list_physical_devices()
    report = {"devices": [one.name.replace("physical_", "") for one in found]}
    report["gpu_count"] = np.int64(len(tf.config.list_physical_devices("GPU")))
    return report | {"tensorflow": tf.__version__}


# %% exercise="new_coordinate"
def new_coordinate(points, degrees):
    turned = (points[:, 0] + 1j * points[:, 1]) * np.exp(-1j * np.radians(degrees))
    return turned.real


# %% exercise="search_rotation"
def search_rotation(points, labels, angles):
    along = np.stack([new_coordinate(points, angle) for angle in angles])
    hits = (along > 0) == np.asarray(labels, dtype=bool).T
    accuracies = hits.mean(axis=1)
    best = accuracies.argmax()
    return np.asarray(angles)[best], accuracies[best]


# %% exercise="compare_change"
def compare_change(train, settings, name, value):
    settings[name]  # a KeyError if there is no such setting
    return tuple(train(plan) for plan in (dict(settings), settings | {name: value}))


def my_change():
    return ("epochs", 2)


def my_bet():
    return np.float32(0.8)
