"""Takes the diagonal of the comparisons, which labels of shape (N,) do not have.

exercise: search_rotation
fails: test_search_rotation, hidden_search_rotation
"""


# %% exercise="search_rotation"
def search_rotation(points, labels, angles):
    best_angle, best_accuracy = None, -1
    for angle in angles:
        said = (new_coordinate(points, angle) > 0).astype(int)
        accuracy = np.mean(np.diag(said == labels))
        if accuracy > best_accuracy:
            best_angle, best_accuracy = angle, accuracy
    return best_angle, best_accuracy
