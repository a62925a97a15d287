"""Other names.

exercise: all
fails:
"""


# %% exercise="fit"
def fit(points):
    top = bottom = 0
    for x, y in points:
        top += x * y
        bottom += x * x
    return top / bottom


# %% exercise="mend"
def mend(values):
    total = 0
    for value in values:
        total += value
    return total / len(values)
