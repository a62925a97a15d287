"""Returns a column (N, 1).

exercise: new_coordinate
fails: test_new_coordinate, hidden_new_coordinate
"""


# %% exercise="new_coordinate"
def new_coordinate(points, degrees):
    angle = np.deg2rad(degrees)
    return points @ np.array([[np.cos(angle)], [np.sin(angle)]])
