"""Learns from the validation rows as well.

exercise: split_validation
fails: test_split_validation, hidden_split_validation
"""


# %% exercise="split_validation"
def split_validation(x, y, count):
    if count >= len(x):
        raise ValueError("no rows to learn from")
    return x, y, x[:count], y[:count]
