"""Half a repair: divides every image by its own brightest pixel.

exercise: judge
fails: test_judge, hidden_judge
"""


# %% exercise="judge"
def judge(model, images, labels):
    rows = images.reshape(len(images), 28 * 28).astype("float32")
    rows = rows / np.maximum(rows.max(axis=1, keepdims=True), 1)
    one_hot = np.eye(10, dtype="float32")[labels]
    return model.evaluate(rows, one_hot, verbose=0, return_dict=True)
