"""Leaves Adam its own learning rate.

exercise: build_gru
fails: test_build_gru, hidden_build_gru
"""


# %% exercise="build_gru"
def build_gru(columns, units=32):
    model = keras.Sequential([keras.Input((None, columns)), layers.GRU(units), layers.Dense(1)])
    model.compile(optimizer="adam", loss="mae")
    return model


def my_bet():
    return 2.5
