"""Divides by the brightest pixel at hand: right until a dark image comes.

exercise: prepare_images
fails: hidden_prepare_images
"""


# %% exercise="prepare_images"
def prepare_images(images):
    count, height, width = images.shape
    rows = images.reshape(count, height * width).astype("float32")
    return rows / rows.max(initial=1)
