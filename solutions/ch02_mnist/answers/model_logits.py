"""Gives scores and lets the loss do the softmax: it trains well and gives no probabilities.

exercise: build_model
fails: test_build_model, hidden_build_model
"""


# %% exercise="build_model"
def build_model():
    model = keras.Sequential(
        [keras.Input((784,)), layers.Dense(512, activation="relu"), layers.Dense(10)]
    )
    model.compile(
        optimizer="rmsprop",
        loss=keras.losses.CategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model
