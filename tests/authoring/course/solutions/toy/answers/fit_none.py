"""Guesses.

exercise: fit
fails: test_fit, hidden_fit, hidden_fit_score
"""


# %% exercise="fit"
def fit(points):
    return 0
