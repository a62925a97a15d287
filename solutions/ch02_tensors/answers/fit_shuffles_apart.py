"""Shuffles the images and leaves the labels where they are.

exercise: fit_linear_sgd
fails: test_fit_linear_sgd, test_fit_linear_sgd_order, hidden_fit_linear_sgd, hidden_fit_linear_sgd_random, hidden_fit_linear_sgd_score
"""


# %% exercise="fit_linear_sgd"
def fit_linear_sgd(x, y, num_classes=10, learning_rate=0.1, epochs=3, batch_size=128, seed=0):
    rng = np.random.default_rng(seed)
    w, b = np.zeros((x.shape[1], num_classes)), np.zeros(num_classes)
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for first in range(0, len(x), batch_size):
            rows = order[first : first + batch_size]
            p = softmax(x[rows] @ w + b)
            losses.append(cross_entropy(p, y[first : first + batch_size]))
            d = (p - np.eye(num_classes)[y[first : first + batch_size]]) / len(rows)
            w = w - learning_rate * x[rows].T @ d
            b = b - learning_rate * d.sum(axis=0)
    return w, b, losses


def my_bet():
    return 0.85
