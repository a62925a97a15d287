"""Chooses a technique that is not in the list.

exercise: build_choice
fails: test_build_choice_bet, hidden_build_choice
"""


# %% exercise="build_choice"
def my_choice():
    return "lstm", "tie"


def build_choice(columns, units=32):
    model = keras.Sequential([keras.Input((None, columns)), layers.GRU(units, go_backwards=True), layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.002), loss="mae")
    return model
