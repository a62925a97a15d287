"""Takes a second name for a copy: both networks get the change.

exercise: compare_change
fails: test_compare_change, hidden_compare_change, hidden_compare_change_score
"""


# %% exercise="compare_change"
def compare_change(train, settings, name, value):
    if name not in settings:
        raise KeyError(name)
    changed = settings
    changed[name] = value
    return train(settings), train(changed)



def my_change():
    return "units", 8


def my_bet():
    return 0.85
