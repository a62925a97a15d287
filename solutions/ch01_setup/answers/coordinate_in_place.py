"""Multiplies the caller's points.

exercise: new_coordinate
fails: test_new_coordinate, hidden_new_coordinate
"""


# %% exercise="new_coordinate"
def new_coordinate(points, degrees):
    angle = np.deg2rad(degrees)
    if points.dtype.kind != "f":
        points = points.astype("float64")
    points[:, 0] *= np.cos(angle)
    points[:, 1] *= np.sin(angle)
    return points[:, 0] + points[:, 1]
