"""Drops columns, and forgets the state's connections.

exercise: build_choice
fails: test_build_choice, hidden_build_choice
"""


# %% exercise="build_choice"
def my_choice():
    return "recurrent dropout", "tie"


def build_choice(columns, units=32):
    model = keras.Sequential([keras.Input((None, columns)), layers.GRU(units, dropout=0.2), layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.002), loss="mae")
    return model
