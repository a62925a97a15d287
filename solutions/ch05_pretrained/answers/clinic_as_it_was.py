"""The broken function, with the rate set by hand.

exercise: train_head
fails: test_train_head, hidden_train_head
"""


# %% exercise="train_head"
def train_head(model, base_name, x, y, epochs=1, rate=1e-3):
    model.get_layer(base_name).trainable = False
    model.optimizer.learning_rate = rate
    model.fit(x, y, epochs=epochs, batch_size=32, verbose=0)
    return model
