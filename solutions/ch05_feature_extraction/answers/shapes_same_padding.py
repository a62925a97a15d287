"""Counts with padding "same": ceil(n / s).

exercise: predict_shapes
fails: test_predict_shapes, hidden_predict_shapes
"""


# %% exercise="predict_shapes"
def predict_shapes(input_shape, filters=32):
    height, width, _ = input_shape
    shapes = []
    for stride in (2, 1, 1):
        height, width = -(-height // stride), -(-width // stride)
        shapes.append((height, width, filters))
    if min(height, width) < 3:
        raise ValueError("too small")
    return shapes
