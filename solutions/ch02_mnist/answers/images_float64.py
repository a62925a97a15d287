"""Divides without `astype`, which gives float64: twice the memory.

exercise: prepare_images
fails: test_prepare_images_house, hidden_prepare_images_house
"""


# %% exercise="prepare_images"
def prepare_images(images):
    count, height, width = images.shape
    return images.reshape(count, height * width) / 255
