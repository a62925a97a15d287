"""Gives the learning rate as a whole number, which Keras refuses.

exercise: compare_change
fails: test_compare_change_bet, hidden_compare_change_score
"""


# %% exercise="compare_change"
def compare_change(train, settings, name, value):
    if name not in settings:
        raise KeyError(name)
    return train(settings), train({**settings, name: value})


def my_change():
    return "learning_rate", 1


def my_bet():
    return 0.85
