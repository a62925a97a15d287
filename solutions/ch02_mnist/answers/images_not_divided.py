"""Flattens and converts, and forgets to divide.

exercise: prepare_images
fails: test_prepare_images, hidden_prepare_images
"""


# %% exercise="prepare_images"
def prepare_images(images):
    count, height, width = images.shape
    return images.reshape(count, height * width).astype("float32")
