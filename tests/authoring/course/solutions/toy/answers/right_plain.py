"""Plain loops.

exercise: all
fails:
"""


# %% exercise="double"
def double(number):
    return number + number


# %% exercise="residuals"
def residuals(points, slope):
    result = []
    for x, y in points:
        result.append(y - slope * x)
    return result
