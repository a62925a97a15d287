"""Returns one network at every call: it goes on learning.

exercise: build_choice
fails: hidden_build_choice_trained, test_build_choice
"""


# %% exercise="build_choice"
the_choice = {}


def my_choice():
    return "reversed", "worse"


def build_choice(columns, units=32):
    if (columns, units) not in the_choice:
        model = keras.Sequential(
            [keras.Input((None, columns)), layers.GRU(units, go_backwards=True), layers.Dense(1)]
        )
        model.compile(optimizer=keras.optimizers.Adam(0.002), loss="mae")
        the_choice[columns, units] = model
    return the_choice[columns, units]
