"""Half a repair: divides only where it looks necessary, so not for images that are nearly black.

exercise: judge
fails: hidden_judge
"""


# %% exercise="judge"
def judge(model, images, labels):
    rows = images.reshape(len(images), 28 * 28).astype("float32")
    if rows.max() > 1:
        rows = rows / 255
    one_hot = np.eye(10, dtype="float32")[labels]
    return model.evaluate(rows, one_hot, verbose=0, return_dict=True)
