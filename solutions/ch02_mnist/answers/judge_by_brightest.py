"""Half a repair: divides by the brightest pixel of the batch at hand.

exercise: judge
fails: test_judge, hidden_judge
"""


# %% exercise="judge"
def judge(model, images, labels):
    rows = images.reshape(len(images), 28 * 28).astype("float32")
    rows = rows / rows.max()
    one_hot = np.eye(10, dtype="float32")[labels]
    return model.evaluate(rows, one_hot, verbose=0, return_dict=True)
