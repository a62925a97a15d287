"""Changes entries of what a bare number became, which has none.

exercise: numeric_gradient
fails: test_numeric_gradient_floats, hidden_numeric_gradient
"""


# %% exercise="numeric_gradient"
def numeric_gradient(f, w, step=1e-4):
    w = w.astype("float64")
    slopes = np.zeros(w.shape)
    for place in np.ndindex(w.shape):
        up, down = w.copy(), w.copy()
        up[place] = up[place] + step
        down[place] = down[place] - step
        slopes[place] = (f(up) - f(down)) / (2 * step)
    return slopes
