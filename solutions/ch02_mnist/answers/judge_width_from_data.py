"""Repairs the images and lets Keras guess the number of classes.

exercise: judge
fails: hidden_judge
"""


# %% exercise="judge"
def judge(model, images, labels):
    rows = prepare_images(images)
    one_hot = keras.utils.to_categorical(labels)
    return model.evaluate(rows, one_hot, verbose=0, return_dict=True)
