"""Gives the objects instead of their names.

exercise: describe_devices
fails: test_describe_devices, hidden_describe_devices, hidden_describe_devices_others
"""


# %% exercise="describe_devices"
def describe_devices():
    devices = tf.config.list_logical_devices()
    gpus = [device for device in devices if device.device_type == "GPU"]
    return {"tensorflow": tf.__version__, "devices": devices, "gpu_count": len(gpus)}
