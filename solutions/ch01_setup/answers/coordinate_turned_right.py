"""Turns the axis clockwise: the book's matrix, its vectors as rows.

exercise: new_coordinate
fails: test_new_coordinate, hidden_new_coordinate
"""


# %% exercise="new_coordinate"
def new_coordinate(points, degrees):
    angle = np.deg2rad(degrees)
    u, v = [np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]
    return (points @ np.array([u, v]))[:, 0]
