"""Reads the images column by column.

exercise: prepare_images
fails: test_prepare_images, hidden_prepare_images
"""


# %% exercise="prepare_images"
def prepare_images(images):
    count, height, width = images.shape
    turned = images.transpose(0, 2, 1)
    return turned.reshape(count, height * width).astype("float32") / 255
