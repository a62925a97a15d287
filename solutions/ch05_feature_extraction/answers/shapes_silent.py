"""Gives sizes of 0 and below without a word.

exercise: predict_shapes
fails: test_predict_shapes, hidden_predict_shapes
"""


# %% exercise="predict_shapes"
def predict_shapes(input_shape, filters=32):
    height, width, _ = input_shape
    shapes = []
    for window, stride in [(5, 2), (3, 1), (3, 1)]:
        height, width = (height - window) // stride + 1, (width - window) // stride + 1
        shapes.append((height, width, filters))
    return shapes
