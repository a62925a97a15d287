"""The whole lab with scikit-learn, the functional interface and classes named in full.

exercise: all
fails:
"""


# %% exercise="scale_columns"
def scale_columns(train, other):
    scaler = StandardScaler().fit(train)
    scaled = scaler.transform(other) if len(other) else np.zeros(other.shape)
    return scaler.transform(train), scaled


# %% exercise="build_model"
def build_model(columns):
    inputs = keras.Input(shape=(columns,), name="district")
    hidden = inputs
    for _ in range(2):
        hidden = layers.Activation("relu")(layers.Dense(64)(hidden))
    network = keras.Model(inputs, layers.Dense(1, activation="linear")(hidden))
    network.compile(
        loss=keras.losses.MeanSquaredError(),
        optimizer=keras.optimizers.RMSprop(learning_rate=1e-3),
        metrics=[keras.metrics.MeanAbsoluteError(name="mae")],
    )
    return network


# %% exercise="split_folds"
def split_folds(count, k):
    from sklearn.model_selection import KFold

    return list(KFold(k).split(np.zeros((count, 1))))


# %% exercise="cross_validate"
def cross_validate(build, x, y, k=4, epochs=24, batch_size=8):
    table = np.empty((k, epochs))
    for number, (learn, judge) in enumerate(split_folds(len(y), k)):
        learn_x, judge_x = scale_columns(x[learn], x[judge])
        model = build(x.shape[1])
        judges = (judge_x.astype("float32"), y[judge].astype("float32"))
        fitted = model.fit(
            x=learn_x.astype("float32"),
            y=y[learn].astype("float32"),
            batch_size=batch_size,
            epochs=epochs,
            validation_data=judges,
            verbose=0,
        )
        table[number] = fitted.history["val_mae"]
    return table


def my_bet():
    return np.float64(2.5)


# %% exercise="read_curve"
def read_curve(folds, skip=10, factor=0.9):
    table = np.array([list(fold) for fold in folds], dtype=float)
    points = table.mean(axis=0)[skip:]
    smoothed = points.copy()
    for place in range(1, len(points)):
        smoothed[place] = factor * smoothed[place - 1] + (1 - factor) * points[place]
    return smoothed, smoothed.argmin() + skip + 1


# %% exercise="mean_error"
def mean_error(y_true, y_pred):
    from sklearn.metrics import mean_absolute_error

    return mean_absolute_error(y_true, y_pred)
