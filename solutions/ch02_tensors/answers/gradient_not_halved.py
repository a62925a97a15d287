"""Divides by one step where two were gone.

exercise: numeric_gradient
fails: test_numeric_gradient, test_numeric_gradient_floats, hidden_numeric_gradient, hidden_numeric_gradient_copy
"""


# %% exercise="numeric_gradient"
def numeric_gradient(f, w, step=1e-4):
    w = np.array(w, dtype="float64")
    slopes = np.zeros(w.shape)
    for place in np.ndindex(w.shape):
        up, down = w.copy(), w.copy()
        up[place] += step
        down[place] -= step
        slopes[place] = (f(up) - f(down)) / step
    return slopes
