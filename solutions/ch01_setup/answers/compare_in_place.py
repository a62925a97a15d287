"""Changes the caller's settings.

exercise: compare_change
fails: test_compare_change, hidden_compare_change
"""


# %% exercise="compare_change"
def compare_change(train, settings, name, value):
    if name not in settings:
        raise KeyError(name)
    before = train(settings)
    settings[name] = value
    return before, train(settings)



def my_change():
    return "units", 8


def my_bet():
    return 0.85
