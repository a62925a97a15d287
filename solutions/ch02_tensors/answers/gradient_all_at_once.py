"""Moves all weights together.

exercise: numeric_gradient
fails: test_numeric_gradient, test_numeric_gradient_floats, hidden_numeric_gradient, hidden_numeric_gradient_copy
"""


# %% exercise="numeric_gradient"
def numeric_gradient(f, w, step=1e-4):
    w = np.array(w, dtype="float64")
    return np.full(w.shape, (f(w + step) - f(w - step)) / (2 * step))
