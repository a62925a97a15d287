"""The whole lab with plain loops and a model class of its own; two layers, one over the other.

exercise: all
fails:
"""


# %% exercise="scale_series"
def scale_series(series, train_rows):
    scaled = np.zeros(series.shape)
    means, spreads = [], []
    for column in range(series.shape[1]):
        past = [float(value) for value in series[:train_rows, column]]
        middle = sum(past) / len(past)
        spread = (sum((value - middle) ** 2 for value in past) / len(past)) ** 0.5
        if min(past) == max(past):
            middle, spread = past[0], 1.0
        scaled[:, column] = (series[:, column] - middle) / spread
        means.append(middle)
        spreads.append(spread)
    return [scaled, means, spreads]


# %% exercise="make_windows"
def make_windows(series, lookback, delay, first, last, every=1, column=0):
    starts = []
    start = first
    while start + lookback - 1 + delay < last:
        starts.append(start)
        start += every
    x = np.zeros((len(starts), lookback, series.shape[1]), series.dtype)
    y = np.zeros(len(starts), series.dtype)
    for place, start in enumerate(starts):
        x[place] = series[start : start + lookback]
        y[place] = series[start + lookback - 1 + delay][column]
    return [x, y]


# %% exercise="naive_maes"
def naive_maes(x, y, delay, spread, column=0):
    place = x.shape[1] - 1 + delay
    while place >= x.shape[1]:
        place -= 24
    stays, same = 0.0, 0.0
    for window, target in zip(x, y, strict=True):
        stays += abs(window[-1][column] - target)
        same += abs(window[place][column] - target)
    return {"same hour": same * spread / len(y), "last value": stays * spread / len(y)}


# %% exercise="batches"
def batches(series, lookback, delay, first, last, batch_size, column=0):
    windows, targets = [], []
    for start in range(first, last):
        target = start + lookback - 1 + delay
        if target >= last:
            break
        windows.append(series[start : start + lookback])
        targets.append(series[target, column])
        if len(targets) == batch_size:
            yield np.array(windows), np.array(targets)
            windows, targets = [], []
    if targets:
        yield np.array(windows), np.array(targets)


# %% exercise="build_gru"
class Memory(keras.Model):
    def __init__(self, units):
        super().__init__()
        self.reader = layers.GRU(units)
        self.number = layers.Dense(1)

    def call(self, windows):
        return self.number(self.reader(windows))


def build_gru(columns, units=32):
    network = Memory(units)
    network(np.zeros((1, 2, columns)))
    network.compile(keras.optimizers.Adam(learning_rate=2e-3), keras.losses.MeanAbsoluteError())
    return network


def my_bet():
    return 3


# %% exercise="build_choice"
def my_choice():
    return ["stacked", "tie"]


class Tower(keras.Model):
    def __init__(self, units):
        super().__init__()
        self.lower = layers.GRU(units, return_sequences=True)
        self.upper = layers.GRU(units)
        self.number = layers.Dense(1)

    def call(self, windows):
        return self.number(self.upper(self.lower(windows)))


def build_choice(columns, units=32):
    network = Tower(units)
    network(np.zeros((1, 2, columns)))
    network.compile(keras.optimizers.Adam(learning_rate=2e-3), keras.losses.MeanAbsoluteError())
    return network
