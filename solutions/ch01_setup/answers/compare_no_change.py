"""Changes nothing.

exercise: compare_change
fails: test_compare_change_bet
"""


# %% exercise="compare_change"
def compare_change(train, settings, name, value):
    if name not in settings:
        raise KeyError(name)
    return train(settings), train({**settings, name: value})



def my_change():
    return "epochs", 20


def my_bet():
    return 0.9
