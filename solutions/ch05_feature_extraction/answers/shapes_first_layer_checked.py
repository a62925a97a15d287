"""Refuses only what is smaller than the first window.

exercise: predict_shapes
fails: test_predict_shapes, hidden_predict_shapes
"""


# %% exercise="predict_shapes"
def predict_shapes(input_shape, filters=32):
    height, width, _ = input_shape
    if height < 5 or width < 5:
        raise ValueError("too small")
    shapes = []
    for window, stride in [(5, 2), (3, 1), (3, 1)]:
        height, width = (height - window) // stride + 1, (width - window) // stride + 1
        shapes.append((height, width, filters))
    return shapes
