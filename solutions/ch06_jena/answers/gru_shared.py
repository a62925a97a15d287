"""Makes one network, and returns it at every call.

exercise: build_gru
fails: test_build_gru, hidden_build_gru
"""


# %% exercise="build_gru"
the_network = {}


def build_gru(columns, units=32):
    if (columns, units) not in the_network:
        model = keras.Sequential([keras.Input((None, columns)), layers.GRU(units), layers.Dense(1)])
        model.compile(optimizer=keras.optimizers.Adam(0.002), loss="mae")
        the_network[columns, units] = model
    return the_network[columns, units]


def my_bet():
    return 2.5
