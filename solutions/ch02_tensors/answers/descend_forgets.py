"""Starts with velocity 0 in every step.

exercise: descend
fails: test_descend, hidden_descend
"""


# %% exercise="descend"
def descend(gradient, w, learning_rate=0.1, momentum=0.9, steps=60):
    velocity = np.zeros_like(w)
    path = [w]
    for _ in range(steps):
        slope = gradient(w)
        velocity = -learning_rate * slope
        w = w + momentum * velocity - learning_rate * slope
        path.append(w)
    return np.array(path)
