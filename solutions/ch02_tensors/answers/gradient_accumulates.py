"""Forgets to take a step back before the next weight.

exercise: numeric_gradient
fails: test_numeric_gradient, test_numeric_gradient_floats, hidden_numeric_gradient, hidden_numeric_gradient_copy
"""


# %% exercise="numeric_gradient"
def numeric_gradient(f, w, step=1e-4):
    w = np.array(w, dtype="float64")
    slopes, up, down = np.zeros(w.shape), w.copy(), w.copy()
    for place in np.ndindex(w.shape):
        up[place] += step
        down[place] -= step
        slopes[place] = (f(up) - f(down)) / (2 * step)
    return slopes
