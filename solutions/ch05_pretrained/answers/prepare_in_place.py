"""Subtracts in the array that it was given, where that is of floats.

exercise: prepare_pixels
fails: test_prepare_pixels, hidden_prepare_pixels
"""


# %% exercise="prepare_pixels"
def prepare_pixels(pixels, kind):
    x = np.asarray(pixels, dtype="float32")
    if kind == "signed":
        x /= np.float32(127.5)
        x -= 1
        return x
    if kind == "bgr":
        x = x[..., ::-1]
        x -= np.array([103.939, 116.779, 123.68], dtype="float32")
        return x
    raise ValueError(kind)
