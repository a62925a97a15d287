"""Stacks the results one by one, which fails without points.

exercise: new_coordinate
fails: test_new_coordinate, hidden_new_coordinate
"""


# %% exercise="new_coordinate"
def new_coordinate(points, degrees):
    angle = np.deg2rad(degrees)
    return np.stack([x * np.cos(angle) + y * np.sin(angle) for x, y in points])
