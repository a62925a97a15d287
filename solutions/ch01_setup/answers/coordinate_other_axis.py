"""Returns the coordinate along the other axis.

exercise: new_coordinate
fails: test_new_coordinate, hidden_new_coordinate
"""


# %% exercise="new_coordinate"
def new_coordinate(points, degrees):
    angle = np.deg2rad(degrees)
    return points[:, 1] * np.cos(angle) - points[:, 0] * np.sin(angle)
