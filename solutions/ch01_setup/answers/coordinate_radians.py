"""Gives degrees to np.cos, which takes radians.

exercise: new_coordinate
fails: test_new_coordinate, hidden_new_coordinate
"""


# %% exercise="new_coordinate"
def new_coordinate(points, degrees):
    return points[:, 0] * np.cos(degrees) + points[:, 1] * np.sin(degrees)
