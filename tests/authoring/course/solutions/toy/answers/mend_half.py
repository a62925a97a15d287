"""Forgets to divide.

exercise: mend
fails: hidden_mend
"""


# %% exercise="mend"
def mend(values):
    return sum(values)
