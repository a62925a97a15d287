"""Counts the CPU as a GPU.

exercise: describe_devices
fails: test_describe_devices, hidden_describe_devices, hidden_describe_devices_others
"""


# %% exercise="describe_devices"
def describe_devices():
    names = [device.name for device in tf.config.list_logical_devices()]
    return {"tensorflow": tf.__version__, "devices": names, "gpu_count": len(names)}
