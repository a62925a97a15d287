"""Half a repair: doubles the plain step, so that it wins at 0.5.

exercise: descend
fails: test_descend, hidden_descend, hidden_descend_copy
"""


# %% exercise="descend"
def descend(gradient, w, learning_rate=0.1, momentum=0.9, steps=60):
    velocity = np.zeros_like(w)
    path = [w]
    for _ in range(steps):
        slope = gradient(w)
        velocity = momentum * velocity + learning_rate * slope
        w = w + momentum * velocity - 2 * learning_rate * slope
        path.append(w)
    return np.array(path)
