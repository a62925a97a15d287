"""Says whether there is a GPU, not how many.

exercise: describe_devices
fails: hidden_describe_devices_others
"""


# %% exercise="describe_devices"
def describe_devices():
    devices = tf.config.list_logical_devices()
    names = [device.name for device in devices]
    has_gpu = int(any(device.device_type == "GPU" for device in devices))
    return {"tensorflow": tf.__version__, "devices": names, "gpu_count": has_gpu}
