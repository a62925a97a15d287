"""Goes up only: a one-sided difference.

exercise: numeric_gradient
fails: test_numeric_gradient, test_numeric_gradient_floats, hidden_numeric_gradient, hidden_numeric_gradient_copy
"""


# %% exercise="numeric_gradient"
def numeric_gradient(f, w, step=1e-4):
    w = np.array(w, dtype="float64")
    slopes, here = np.zeros(w.shape), f(w.copy())
    for place in np.ndindex(w.shape):
        up = w.copy()
        up[place] += step
        slopes[place] = (f(up) - here) / step
    return slopes
