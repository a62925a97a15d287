"""The whole lab with plain loops over lists, and the heavy ball.

exercise: all
fails:
"""


# %% exercise="matmul"
def matmul(x, y):
    if len(x.shape) != 2 or len(y.shape) not in (1, 2) or len(y) != x.shape[1]:
        raise ValueError("these shapes have no product")
    rows, is_vector = x.tolist(), y.ndim == 1
    columns = [y.tolist()] if is_vector else list(map(list, zip(*y.tolist(), strict=True)))
    table = []
    for row in rows:
        line = []
        for column in columns:
            total = 0.0
            for left, right in zip(row, column, strict=True):
                total += left * right
            line.append(total)
        table.append(line[0] if is_vector else line)
    return np.array(table, dtype=np.float64)


# %% exercise="broadcast_add"
def broadcast_add(x, y):
    small, large = sorted((x, y), key=np.ndim)
    extra = large.ndim - small.ndim
    if large.shape[extra:] != small.shape:
        raise ValueError(f"{x.shape} and {y.shape}")
    total = large.copy()
    for place in np.ndindex(large.shape):
        total[place] = large[place] + small[place[extra:]]
    return total


# %% exercise="get_batch"
def get_batch(data, n, size):
    rows = [row for row in range(n * size, (n + 1) * size) if 0 <= row < len(data)]
    if not rows:
        raise IndexError(f"there is no batch {n}")
    return data[rows]


# %% exercise="numeric_gradient"
def numeric_gradient(f, w, step=1e-4):
    numbers = [float(one) for one in np.ravel(w)]
    slopes = []
    for place in range(len(numbers)):
        values = []
        for sign in (1, -1):
            moved = list(numbers)
            moved[place] += sign * step
            values.append(float(f(np.array(moved).reshape(np.shape(w)))))
        slopes.append((values[0] - values[1]) / step / 2)
    return np.array(slopes).reshape(np.shape(w))


# %% exercise="descend"
def descend(gradient, w, learning_rate=0.1, momentum=0.9, steps=60):
    path, velocity = [np.array(w)], 0.0
    while len(path) <= steps:
        velocity = momentum * velocity - learning_rate * gradient(path[-1])
        path.append(path[-1] + velocity)
    return np.stack(path)


# %% exercise="fit_linear_sgd"
def fit_linear_sgd(x, y, num_classes=10, learning_rate=0.1, epochs=3, batch_size=128, seed=0):
    draw, losses = np.random.default_rng(seed), []
    w, b = np.zeros((len(x[0]), num_classes)), np.zeros((num_classes,))
    for _ in range(epochs):
        order = draw.permutation(len(x))
        while len(order):
            now, order = order[:batch_size], order[batch_size:]
            images, p = x[now], np.zeros((len(now), num_classes))
            for row, scores in enumerate(images @ w + b):
                powers = np.exp(scores - max(scores))
                p[row] = powers / sum(powers)
            losses.append(float(np.mean([-np.log(p[row, y[one]]) for row, one in enumerate(now)])))
            for row, one in enumerate(now):
                p[row, y[one]] -= 1
            w -= learning_rate * (images.T @ p) / len(now)
            b -= learning_rate * p.mean(axis=0)
    return w, b, losses


def my_bet():
    return 1
