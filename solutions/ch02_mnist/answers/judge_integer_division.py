"""Divides before it converts, in whole numbers.

exercise: judge
fails: test_judge, hidden_judge
"""


# %% exercise="judge"
def judge(model, images, labels):
    rows = (images // 255).reshape(len(images), 28 * 28).astype("float32")
    one_hot = np.eye(10, dtype="float32")[labels]
    return model.evaluate(rows, one_hot, verbose=0, return_dict=True)
