"""Scales to -1 … 1, which is another network's rule.

exercise: prepare_images
fails: test_prepare_images, hidden_prepare_images
"""


# %% exercise="prepare_images"
def prepare_images(images):
    count, height, width = images.shape
    return images.reshape(count, height * width).astype("float32") / 127.5 - 1
