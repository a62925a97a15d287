"""Gives the names of the physical devices, which tf.device refuses.

exercise: describe_devices
fails: test_describe_devices, hidden_describe_devices
"""


# %% exercise="describe_devices"
def describe_devices():
    names = [device.name for device in tf.config.list_physical_devices()]
    gpus = tf.config.list_physical_devices("GPU")
    return {"tensorflow": tf.__version__, "devices": names, "gpu_count": len(gpus)}
