"""Empties the list that it was given.

exercise: residuals
fails: hidden_residuals
"""


# %% exercise="residuals"
def residuals(points, slope):
    result = []
    while points:
        x, y = points.pop(0)
        result.append(y - slope * x)
    return result
