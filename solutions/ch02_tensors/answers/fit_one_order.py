"""Shuffles once, before the first epoch.

exercise: fit_linear_sgd
fails: test_fit_linear_sgd_order, hidden_fit_linear_sgd
"""


# %% exercise="fit_linear_sgd"
def fit_linear_sgd(x, y, num_classes=10, learning_rate=0.1, epochs=3, batch_size=128, seed=0):
    rng = np.random.default_rng(seed)
    w, b = np.zeros((x.shape[1], num_classes)), np.zeros(num_classes)
    losses = []
    order = rng.permutation(len(x))
    for _ in range(epochs):
        for first in range(0, len(x), batch_size):
            rows = order[first : first + batch_size]
            p = softmax(x[rows] @ w + b)
            losses.append(cross_entropy(p, y[rows]))
            d = (p - np.eye(num_classes)[y[rows]]) / len(rows)
            w = w - learning_rate * x[rows].T @ d
            b = b - learning_rate * d.sum(axis=0)
    return w, b, losses


def my_bet():
    return 0.85
