"""Keeps the dtype of the points, so that whole numbers lose their fractions.

exercise: new_coordinate
fails: test_new_coordinate, hidden_new_coordinate
"""


# %% exercise="new_coordinate"
def new_coordinate(points, degrees):
    angle = np.deg2rad(degrees)
    along = points[:, 0] * np.cos(angle) + points[:, 1] * np.sin(angle)
    return along.astype(points.dtype)
