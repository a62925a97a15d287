"""Puts a Dropout layer in front: other masks at every hour, none on the state.

exercise: build_choice
fails: test_build_choice, hidden_build_choice
"""


# %% exercise="build_choice"
def my_choice():
    return "recurrent dropout", "tie"


def build_choice(columns, units=32):
    model = keras.Sequential([keras.Input((None, columns)), layers.Dropout(0.2), layers.GRU(units), layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.002), loss="mae")
    return model
