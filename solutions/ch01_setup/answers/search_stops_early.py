"""Stops at the first angle that is better than a coin.

exercise: search_rotation
fails: hidden_search_rotation
"""


# %% exercise="search_rotation"
def search_rotation(points, labels, angles):
    labels = np.ravel(labels)
    for angle in angles:
        accuracy = np.mean((new_coordinate(points, angle) > 0) == labels)
        if accuracy > 0.75:
            break
    return angle, accuracy
