"""Half a repair: turns the sign from 0.5 on, where one sees it.

exercise: descend
fails: hidden_descend
"""


# %% exercise="descend"
def descend(gradient, w, learning_rate=0.1, momentum=0.9, steps=60):
    velocity = np.zeros_like(w)
    path = [w]
    for _ in range(steps):
        slope = gradient(w)
        sign = -1 if momentum >= 0.5 else 1
        velocity = momentum * velocity + sign * learning_rate * slope
        w = w + momentum * velocity - learning_rate * slope
        path.append(w)
    return np.array(path)
