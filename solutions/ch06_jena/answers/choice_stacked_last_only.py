"""Stacks without return_sequences: the upper layer gets one state, no sequence.

exercise: build_choice
fails: test_build_choice, hidden_build_choice, hidden_build_choice_trained
"""


# %% exercise="build_choice"
def my_choice():
    return "stacked", "tie"


def build_choice(columns, units=32):
    model = keras.Sequential([keras.Input((None, columns)), layers.GRU(units), layers.GRU(units), layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.002), loss="mae")
    return model
