"""Leaves the row length to NumPy, which cannot work it out without rows.

exercise: prepare_images
fails: test_prepare_images_house, hidden_prepare_images_house
"""


# %% exercise="prepare_images"
def prepare_images(images):
    return images.reshape(len(images), -1).astype("float32") / 255
