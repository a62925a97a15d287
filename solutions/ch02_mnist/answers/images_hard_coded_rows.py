"""Takes it for granted that there are 60,000 images, as in the book's listing.

exercise: prepare_images
fails: test_prepare_images, test_prepare_images_house, hidden_prepare_images, hidden_prepare_images_house
"""


# %% exercise="prepare_images"
def prepare_images(images):
    return images.reshape(60000, 28 * 28).astype("float32") / 255
