"""Takes an angle that is always wrong for one that is always right.

exercise: search_rotation
fails: test_search_rotation, hidden_search_rotation
"""


# %% exercise="search_rotation"
def search_rotation(points, labels, angles):
    labels = np.ravel(labels)
    best_angle, best_accuracy = None, -1
    for angle in angles:
        said = (new_coordinate(points, angle) > 0).astype(int)
        accuracy = max(np.mean(said == labels), np.mean(said != labels))
        if accuracy > best_accuracy:
            best_angle, best_accuracy = angle, accuracy
    return best_angle, best_accuracy
