"""The whole lab without loops where NumPy has a word for it, the slopes from TensorFlow's tape.

exercise: all
fails:
"""


# %% exercise="matmul"
def matmul(x, y):
    if x.ndim != 2 or not 1 <= y.ndim <= 2 or x.shape[1] != y.shape[0]:
        raise ValueError(f"matmul of {x.shape} and {y.shape}")
    return np.tensordot(np.asarray(x, np.float64), np.asarray(y, np.float64), axes=1)


# %% exercise="broadcast_add"
def broadcast_add(x, y):
    shape = max(x.shape, y.shape, key=len)
    for one in (x, y):
        if shape[len(shape) - one.ndim :] != one.shape:
            raise ValueError("neither shape is the tail of the other")
    return np.add(np.broadcast_to(x, shape), np.broadcast_to(y, shape))


# %% exercise="get_batch"
def get_batch(data, n, size):
    if not 0 <= n < -(-len(data) // size):
        raise IndexError(n)
    return np.array(data[n * size :][:size])


# %% exercise="numeric_gradient"
def numeric_gradient(f, w, step=1e-4):
    w = np.asarray(w)
    moves = step * np.eye(w.size).reshape(w.size, *w.shape)
    slopes = [(f(w + move) - f(w - move)) / (2 * step) for move in moves]
    return np.reshape(np.array(slopes, dtype="float64"), w.shape)


# %% exercise="descend"
def descend(gradient, w, learning_rate=0.1, momentum=0.9, steps=60):
    path = np.empty((steps + 1, *np.shape(w)))
    path[0], speed = w, np.zeros(np.shape(w))
    for now in range(steps):
        slope = np.asarray(gradient(path[now]))
        speed = momentum * speed + slope
        path[now + 1] = path[now] - learning_rate * (slope + momentum * speed)
    return path


# %% exercise="fit_linear_sgd"
def fit_linear_sgd(x, y, num_classes=10, learning_rate=0.1, epochs=3, batch_size=128, seed=0):
    generator = np.random.default_rng(seed)
    w = tf.Variable(tf.zeros((x.shape[1], num_classes)))
    b = tf.Variable(tf.zeros(num_classes))
    losses = []
    for _ in range(epochs):
        order = generator.permutation(len(x))
        for rows in np.split(order, range(batch_size, len(x), batch_size)):
            with tf.GradientTape() as tape:
                scores = tf.constant(x[rows], tf.float32) @ w + b
                each = tf.nn.sparse_softmax_cross_entropy_with_logits(y[rows].astype(int), scores)
                loss = tf.reduce_mean(each)
            for one, slope in zip((w, b), tape.gradient(loss, (w, b)), strict=True):
                one.assign_sub(learning_rate * slope)
            losses.append(float(loss))
    return w.numpy(), b.numpy(), losses


def my_bet():
    return np.float64(0.9)
