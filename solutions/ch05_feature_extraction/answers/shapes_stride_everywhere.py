"""Moves every window on by two.

exercise: predict_shapes
fails: test_predict_shapes, hidden_predict_shapes
"""


# %% exercise="predict_shapes"
def predict_shapes(input_shape, filters=32):
    height, width, _ = input_shape
    shapes = []
    for window in (5, 3, 3):
        height, width = (height - window) // 2 + 1, (width - window) // 2 + 1
        if height < 1 or width < 1:
            raise ValueError("too small")
        shapes.append((height, width, filters))
    return shapes
