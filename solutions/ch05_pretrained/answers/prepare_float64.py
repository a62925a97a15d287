"""Leaves NumPy's float64.

exercise: prepare_pixels
fails: test_prepare_pixels, hidden_prepare_pixels
"""


# %% exercise="prepare_pixels"
def prepare_pixels(pixels, kind):
    x = np.asarray(pixels)
    if kind == "signed":
        return x / 127.5 - 1
    if kind == "bgr":
        return x[..., ::-1] - np.array([103.939, 116.779, 123.68])
    raise ValueError(kind)
