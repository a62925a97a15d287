"""Calls train_network instead of its argument.

exercise: compare_change
fails: test_compare_change, hidden_compare_change
"""


# %% exercise="compare_change"
def compare_change(train, settings, name, value):
    if name not in settings:
        raise KeyError(name)
    return train_network(settings), train_network({**settings, name: value})


def my_change():
    return "units", 8


def my_bet():
    return 0.85
