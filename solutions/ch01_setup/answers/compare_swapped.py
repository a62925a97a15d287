"""Returns the changed network first.

exercise: compare_change
fails: test_compare_change, hidden_compare_change, hidden_compare_change_score
"""


# %% exercise="compare_change"
def compare_change(train, settings, name, value):
    if name not in settings:
        raise KeyError(name)
    return train({**settings, name: value}), train(settings)



def my_change():
    return "units", 8


def my_bet():
    return 0.85
