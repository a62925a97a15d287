"""Has a learning rate of 2 instead of 0.002.

exercise: build_gru
fails: test_build_gru, hidden_build_gru, hidden_build_gru_score
"""


# %% exercise="build_gru"
def build_gru(columns, units=32):
    model = keras.Sequential([keras.Input((None, columns)), layers.GRU(units), layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(2.0), loss="mae")
    return model


def my_bet():
    return 2.5
