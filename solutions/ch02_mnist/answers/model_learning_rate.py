"""Learns ten times as fast as agreed.

exercise: build_model
fails: test_build_model, hidden_build_model_training
"""


# %% exercise="build_model"
def build_model():
    model = keras.Sequential(
        [
            keras.Input((784,)),
            layers.Dense(512, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.RMSprop(0.01),
        loss="categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model
