"""Treats the symptom: divides the loss.

exercise: judge
fails: test_judge, hidden_judge
"""


# %% exercise="judge"
def judge(model, images, labels):
    rows = images.reshape(len(images), 28 * 28).astype("float32")
    one_hot = np.eye(10, dtype="float32")[labels]
    scores = model.evaluate(rows, one_hot, verbose=0, return_dict=True)
    return {"loss": scores["loss"] / 255, "accuracy": scores["accuracy"]}
