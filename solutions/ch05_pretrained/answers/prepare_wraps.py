"""Computes in uint8, which knows no negative numbers.

exercise: prepare_pixels
fails: test_prepare_pixels, hidden_prepare_pixels
"""


# %% exercise="prepare_pixels"
def prepare_pixels(pixels, kind):
    if kind == "signed":
        return ((pixels - np.array(127).astype(pixels.dtype)) / 127.5).astype("float32")
    if kind == "bgr":
        means = np.array([104, 117, 124]).astype(pixels.dtype)
        return (pixels[..., ::-1] - means).astype("float32")
    raise ValueError(kind)
