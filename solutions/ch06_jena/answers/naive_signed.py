"""Lets errors of both signs cancel out.

exercise: naive_maes
fails: test_naive_maes, hidden_naive_maes
"""


# %% exercise="naive_maes"
def naive_maes(x, y, delay, spread, column=0):
    forecasts = {"last value": x[:, -1, column], "same hour": x[:, -1 - (-delay % 24), column]}
    return {name: float(abs(np.mean(forecast - y)) * spread) for name, forecast in forecasts.items()}
