"""Prints the number and returns nothing.

exercise: double
fails: test_double, hidden_double
"""


# %% exercise="double"
def double(number):
    print(2 * number)
