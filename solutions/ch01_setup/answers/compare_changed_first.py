"""Trains in the other order.

exercise: compare_change
fails: test_compare_change, hidden_compare_change
"""


# %% exercise="compare_change"
def compare_change(train, settings, name, value):
    if name not in settings:
        raise KeyError(name)
    after = train({**settings, name: value})
    return train(settings), after



def my_change():
    return "units", 8


def my_bet():
    return 0.85
