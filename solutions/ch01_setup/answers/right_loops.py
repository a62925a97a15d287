"""The whole lab with loops and lists.

exercise: all
fails:
"""


# %% exercise="describe_devices"
def describe_devices():
    report = {"devices": [], "gpu_count": 0, "tensorflow": str(tf.version.VERSION)}
    for device in tf.config.list_logical_devices():
        report["devices"].append(device.name.split("/device:")[-1])
        if device.name.split(":")[-2] == "GPU":
            report["gpu_count"] += 1
    return report


# %% exercise="new_coordinate"
def new_coordinate(points, degrees):
    import math

    angle = degrees / 180 * math.pi
    along = []
    for x, y in points:
        along.append(float(x) * math.cos(angle) + float(y) * math.sin(angle))
    return np.array(along, dtype="float32")


# %% exercise="search_rotation"
def search_rotation(points, labels, angles):
    best = None
    for angle in angles:
        right = 0
        for along, label in zip(new_coordinate(points, angle), labels, strict=True):
            right += (1 if along > 0 else 0) == int(np.squeeze(label))
        if best is None or right > best[1]:
            best = [angle, right]
    return [best[0], best[1] / len(points)]


# %% exercise="compare_change"
def compare_change(train, settings, name, value):
    if name not in list(settings):
        raise ValueError("no such setting")
    other = {}
    for key in settings:
        other[key] = settings[key]
    other[name] = value
    networks = []
    for plan in (settings, other):
        networks.append(train(plan))
    return networks


def my_change():
    return ["learning_rate", 0.001]


def my_bet():
    return 1
