"""Counts a point as right if its answer fits any label.

exercise: search_rotation
fails: test_search_rotation, hidden_search_rotation
"""


# %% exercise="search_rotation"
def search_rotation(points, labels, angles):
    best_angle, best_accuracy = None, -1
    for angle in angles:
        said = (new_coordinate(points, angle) > 0).astype(int)
        accuracy = np.mean(np.any(np.equal.outer(said, labels), axis=tuple(range(1, 1 + np.ndim(labels)))))
        if accuracy > best_accuracy:
            best_angle, best_accuracy = angle, accuracy
    return best_angle, best_accuracy
