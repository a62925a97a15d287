"""Bets in percent.

exercise: compare_change
fails: test_compare_change_bet
"""


# %% exercise="compare_change"
def compare_change(train, settings, name, value):
    if name not in settings:
        raise KeyError(name)
    return train(settings), train({**settings, name: value})



def my_change():
    return "units", 8


def my_bet():
    return 85
