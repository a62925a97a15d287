"""Looks for the name when one network is trained already.

exercise: compare_change
fails: test_compare_change, hidden_compare_change
"""


# %% exercise="compare_change"
def compare_change(train, settings, name, value):
    before, changed = train(settings), dict(settings)
    if name not in changed:
        raise KeyError(name)
    changed[name] = value
    return before, train(changed)



def my_change():
    return "units", 8


def my_bet():
    return 0.85
