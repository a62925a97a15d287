"""Takes every picture for a square.

exercise: predict_shapes
fails: test_predict_shapes, hidden_predict_shapes
"""


# %% exercise="predict_shapes"
def predict_shapes(input_shape, filters=32):
    side = input_shape[0]
    shapes = []
    for window, stride in [(5, 2), (3, 1), (3, 1)]:
        side = (side - window) // stride + 1
        if side < 1:
            raise ValueError("too small")
        shapes.append((side, side, filters))
    return shapes
