"""Half a repair: leaves the momentum out.

exercise: descend
fails: test_descend, hidden_descend
"""


# %% exercise="descend"
def descend(gradient, w, learning_rate=0.1, momentum=0.9, steps=60):
    path = [w]
    for _ in range(steps):
        slope = gradient(w)
        w = w - learning_rate * slope
        path.append(w)
    return np.array(path)
