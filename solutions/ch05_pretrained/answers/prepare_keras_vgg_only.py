"""Leaves everything to Keras' helper for VGG16, also for a base that is another.

exercise: prepare_pixels
fails: test_prepare_pixels, hidden_prepare_pixels
"""


# %% exercise="prepare_pixels"
def prepare_pixels(pixels, kind):
    if kind not in ("signed", "bgr"):
        raise ValueError(kind)
    return keras.applications.vgg16.preprocess_input(np.array(pixels, dtype="float32"))
