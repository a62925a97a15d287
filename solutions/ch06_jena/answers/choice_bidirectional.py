"""A GRU in each direction, side by side: right.

exercise: build_choice
fails:
"""


# %% exercise="build_choice"
def my_choice():
    return "bidirectional", "tie"


def build_choice(columns, units=32):
    model = keras.Sequential()
    model.add(keras.Input((None, columns)))
    model.add(layers.Bidirectional(layers.GRU(units)))
    model.add(layers.Dense(1))
    model.compile(optimizer=keras.optimizers.Adam(0.002), loss="mae")
    return model
