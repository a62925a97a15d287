"""Keeps the dtype, so that whole numbers do not take up the step.

exercise: numeric_gradient
fails: test_numeric_gradient_floats, hidden_numeric_gradient
"""


# %% exercise="numeric_gradient"
def numeric_gradient(f, w, step=1e-4):
    w = np.array(w)
    slopes = np.zeros(w.shape)
    for place in np.ndindex(w.shape):
        up, down = w.copy(), w.copy()
        up[place] = up[place] + step
        down[place] = down[place] - step
        slopes[place] = (f(up) - f(down)) / (2 * step)
    return slopes
