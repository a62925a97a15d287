"""Scales from 0 to 1, as for a network of one's own.

exercise: prepare_pixels
fails: test_prepare_pixels, hidden_prepare_pixels
"""


# %% exercise="prepare_pixels"
def prepare_pixels(pixels, kind):
    x = np.asarray(pixels).astype('float32')
    if kind == "signed":
        return x / np.float32(255)
    if kind == "bgr":
        return x[..., ::-1] - np.array([103.939, 116.779, 123.68], dtype='float32')
    raise ValueError(kind)
