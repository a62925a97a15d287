"""Gives a number for every hour of the window: the last layer stands on all states.

exercise: build_gru
fails: test_build_gru, hidden_build_gru, hidden_build_gru_score
"""


# %% exercise="build_gru"
def build_gru(columns, units=32):
    model = keras.Sequential([keras.Input((None, columns)), layers.GRU(units, return_sequences=True), layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.002), loss="mae")
    return model


def my_bet():
    return 2.5
