"""Takes every name.

exercise: compare_change
fails: test_compare_change, hidden_compare_change
"""


# %% exercise="compare_change"
def compare_change(train, settings, name, value):
    return train(settings), train({**settings, name: value})



def my_change():
    return "units", 8


def my_bet():
    return 0.85
