"""Bets in words.

exercise: build_gru
fails: test_build_gru_bet, hidden_build_gru_score
"""


# %% exercise="build_gru"
def build_gru(columns, units=32):
    model = keras.Sequential([keras.Input((None, columns)), layers.GRU(units), layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.002), loss="mae")
    return model


def my_bet():
    return "2.3 degrees"
