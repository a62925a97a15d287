"""Cuts fractions off.

exercise: double
fails: hidden_double
"""


# %% exercise="double"
def double(number):
    return 2 * int(number)
