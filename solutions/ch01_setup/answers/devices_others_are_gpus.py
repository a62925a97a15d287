"""Takes whatever is no CPU for a GPU.

exercise: describe_devices
fails: hidden_describe_devices_others
"""


# %% exercise="describe_devices"
def describe_devices():
    names = [device.name for device in tf.config.list_logical_devices()]
    others = [name for name in names if "CPU" not in name]
    return {"tensorflow": tf.__version__, "devices": names, "gpu_count": len(others)}
