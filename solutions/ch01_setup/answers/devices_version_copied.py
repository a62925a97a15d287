"""Copies the version from the text.

exercise: describe_devices
fails: test_describe_devices, hidden_describe_devices
"""


# %% exercise="describe_devices"
def describe_devices():
    devices = tf.config.list_logical_devices()
    gpus = [device for device in devices if device.device_type == "GPU"]
    names = [device.name for device in devices]
    return {"tensorflow": "2.20.0", "devices": names, "gpu_count": len(gpus)}
