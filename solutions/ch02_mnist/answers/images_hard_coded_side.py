"""Takes it for granted that every image has 28 x 28 pixels.

exercise: prepare_images
fails: test_prepare_images, test_prepare_images_house, hidden_prepare_images
"""


# %% exercise="prepare_images"
def prepare_images(images):
    return images.reshape(len(images), 784).astype("float32") / 255
