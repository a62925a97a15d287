"""Knows the three names of this lab only.

exercise: compare_change
fails: hidden_compare_change
"""


# %% exercise="compare_change"
def compare_change(train, settings, name, value):
    if name not in ("units", "learning_rate", "epochs"):
        raise ValueError(f"no setting {name}")
    return train(settings), train({**settings, name: value})



def my_change():
    return "units", 8


def my_bet():
    return 0.85
