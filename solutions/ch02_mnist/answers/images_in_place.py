"""Cleans the caller's own images before it prepares them.

exercise: prepare_images
fails: test_prepare_images_house, hidden_prepare_images_house
"""


# %% exercise="prepare_images"
def prepare_images(images):
    count, height, width = images.shape
    rows = images.reshape(count, height * width).astype("float32") / 255
    images[:] = 0  # to free memory, or so it was meant
    return rows
