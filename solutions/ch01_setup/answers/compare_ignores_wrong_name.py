"""Passes a wrong name over in silence.

exercise: compare_change
fails: test_compare_change, hidden_compare_change
"""


# %% exercise="compare_change"
def compare_change(train, settings, name, value):
    changed = {key: value if key == name else old for key, old in settings.items()}
    return train(settings), train(changed)



def my_change():
    return "units", 8


def my_bet():
    return 0.85
