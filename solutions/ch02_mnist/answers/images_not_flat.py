"""Divides, and leaves height and width as they are.

exercise: prepare_images
fails: test_prepare_images, test_prepare_images_house, hidden_prepare_images, hidden_prepare_images_house
"""


# %% exercise="prepare_images"
def prepare_images(images):
    return images.astype("float32") / 255
