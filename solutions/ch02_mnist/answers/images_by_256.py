"""Divides by 256, the number of values, so that 255 does not become 1.

exercise: prepare_images
fails: test_prepare_images, hidden_prepare_images
"""


# %% exercise="prepare_images"
def prepare_images(images):
    count, height, width = images.shape
    return images.reshape(count, height * width).astype("float32") / 256
