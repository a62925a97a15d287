"""Divides whole numbers by whole numbers: everything below 255 becomes 0.

exercise: prepare_images
fails: test_prepare_images, hidden_prepare_images
"""


# %% exercise="prepare_images"
def prepare_images(images):
    count, height, width = images.shape
    return (images.reshape(count, height * width) // 255).astype("float32")
