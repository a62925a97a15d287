"""Rounds the last half step up.

exercise: predict_shapes
fails: test_predict_shapes, hidden_predict_shapes
"""


# %% exercise="predict_shapes"
def predict_shapes(input_shape, filters=32):
    height, width, _ = input_shape
    shapes = []
    for window, stride in [(5, 2), (3, 1), (3, 1)]:
        height = int(np.ceil((height - window) / stride)) + 1
        width = int(np.ceil((width - window) / stride)) + 1
        if height < 1 or width < 1:
            raise ValueError("too small")
        shapes.append((height, width, filters))
    return shapes
