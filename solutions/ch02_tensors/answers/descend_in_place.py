"""Moves the caller's own weights.

exercise: descend
fails: test_descend, hidden_descend_copy
"""


# %% exercise="descend"
def descend(gradient, w, learning_rate=0.1, momentum=0.9, steps=60):
    velocity = np.zeros_like(w)
    path = [w.copy()]
    for _ in range(steps):
        slope = gradient(w)
        velocity = momentum * velocity - learning_rate * slope
        w += velocity
        path.append(w.copy())
    return np.array(path)
