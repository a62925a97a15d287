"""Takes a machine without a GPU for an error.

exercise: describe_devices
fails: test_describe_devices, hidden_describe_devices, hidden_describe_devices_others
"""


# %% exercise="describe_devices"
def describe_devices():
    devices = tf.config.list_logical_devices()
    gpus = [device for device in devices if device.device_type == "GPU"]
    if not gpus:
        raise RuntimeError("no GPU found")
    names = [device.name for device in devices]
    return {"tensorflow": tf.__version__, "devices": names, "gpu_count": len(gpus)}
