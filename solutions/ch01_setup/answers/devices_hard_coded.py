"""Writes down what one machine has.

exercise: describe_devices
fails: hidden_describe_devices_others
"""


# %% exercise="describe_devices"
def describe_devices():
    return {"tensorflow": tf.__version__, "devices": ["CPU:0"], "gpu_count": 0}
