"""The whole lab with scikit-learn, views and the functional interface; recurrent dropout.

exercise: all
fails:
"""


# %% exercise="scale_series"
def scale_series(series, train_rows):
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(series[:train_rows])
    return scaler.transform(series), scaler.mean_, scaler.scale_


# %% exercise="make_windows"
def make_windows(series, lookback, delay, first, last, every=1, column=0):
    part = np.array(series[first:last])
    if len(part) < lookback + delay:
        return np.zeros((0, lookback, part.shape[1])), np.zeros(0)
    views = np.lib.stride_tricks.sliding_window_view(part, lookback, axis=0).swapaxes(1, 2)
    y = part[lookback - 1 + delay :, column]
    return views[: len(y)][::every].copy(), y[::every].copy()


# %% exercise="naive_maes"
def naive_maes(x, y, delay, spread, column=0):
    from math import ceil

    known = x[:, :, column]
    stays = np.abs(known[:, -1] - y).mean() * spread
    same = np.abs(known[:, delay - 24 * ceil(delay / 24) - 1] - y).mean() * spread
    return {"last value": stays, "same hour": same}


# %% exercise="batches"
def batches(series, lookback, delay, first, last, batch_size, column=0):
    count = max(last - first - lookback - delay + 1, 0)
    for batch in range(-(-count // batch_size)):
        start = first + batch * batch_size
        stop = min(start + batch_size, first + count)
        x = [series[row : row + lookback] for row in range(start, stop)]
        y = [series[row + lookback + delay - 1, column] for row in range(start, stop)]
        yield np.array(x), np.array(y)


# %% exercise="build_gru"
def build_gru(columns, units=32):
    window = keras.Input(shape=(None, columns), name="window")
    state = layers.GRU(units, activation="tanh", name="memory")(window)
    network = keras.Model(window, layers.Dense(1, activation="linear")(state))
    network.compile(loss="mean_absolute_error", optimizer=keras.optimizers.Adam(0.002))
    return network


def my_bet():
    return np.float64(2.35)


# %% exercise="build_choice"
def my_choice():
    return "recurrent dropout", "worse"


def build_choice(columns, units=32):
    window = keras.Input(shape=(None, columns), name="window")
    state = layers.GRU(units, dropout=0.2, recurrent_dropout=0.2)(window)
    network = keras.Model(window, layers.Dense(1)(state))
    network.compile(loss="mean_absolute_error", optimizer=keras.optimizers.Adam(0.002))
    return network
