"""Moves the caller's weights up and down, which does not always bring them back.

exercise: numeric_gradient
fails: test_numeric_gradient_floats, hidden_numeric_gradient_copy
"""


# %% exercise="numeric_gradient"
def numeric_gradient(f, w, step=1e-4):
    w = np.asarray(w, dtype="float64")
    slopes = np.zeros(w.shape)
    for place in np.ndindex(w.shape):
        w[place] += step
        above = f(w)
        w[place] -= 2 * step
        below = f(w)
        w[place] += step
        slopes[place] = (above - below) / (2 * step)
    return slopes
