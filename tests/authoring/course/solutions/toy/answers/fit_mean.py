"""Takes the mean of the ratios: a half-right method.

exercise: fit
fails: hidden_fit
"""


# %% exercise="fit"
def fit(points):
    ratios = [y / x for x, y in points if x]
    return sum(ratios) / len(ratios)
