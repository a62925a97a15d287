"""Scales twice: every pixel is about -1.

exercise: build_network
fails: test_build_network, hidden_build_network
"""


# %% exercise="build_network"
def build_network(size=36):
    network = keras.Sequential([keras.Input((size, size, 3)), layers.Rescaling(1 / 127.5, offset=-1), layers.Rescaling(1 / 127.5, offset=-1)])
    for filters, stride in ((12, 2), (24, 1), (48, 1)):
        network.add(layers.Conv2D(filters, 3, stride, padding="same", activation="relu"))
        network.add(layers.MaxPooling2D())
    network.add(layers.Flatten())
    network.add(layers.Dense(64, activation="relu"))
    network.add(layers.Dense(1, activation="sigmoid"))
    network.compile(
        optimizer=keras.optimizers.Adam(0.002), loss="binary_crossentropy", metrics=["accuracy"]
    )
    return network


def my_bet():
    return 0.8
