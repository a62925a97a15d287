"""Asks once, when its cell runs, and gives that for ever.

exercise: describe_devices
fails: hidden_describe_devices_others
"""


# %% exercise="describe_devices"
FOUND = tf.config.list_logical_devices()


def describe_devices():
    names = [device.name for device in FOUND]
    gpus = [name for name in names if "GPU" in name]
    return {"tensorflow": tf.__version__, "devices": names, "gpu_count": len(gpus)}
