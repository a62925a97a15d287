"""Adds both directions instead of putting them side by side.

exercise: build_choice
fails: test_build_choice, hidden_build_choice
"""


# %% exercise="build_choice"
def my_choice():
    return "bidirectional", "tie"


def build_choice(columns, units=32):
    model = keras.Sequential([keras.Input((None, columns)), layers.Bidirectional(layers.GRU(units), merge_mode="sum"), layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.002), loss="mae")
    return model
