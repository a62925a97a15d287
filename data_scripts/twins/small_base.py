"""Twin of the pretrained bases: a small convolutional one trained on drawn animals of nine kinds.

As ImageNet has cats and dogs among its thousand classes, so have the drawn kinds; the pictures are
others than those of the twin of cats vs dogs. The network learns to name the kind and parts such as
the form of the ears: with so few pictures, parts teach it more than kinds alone. Its convolutions
are plain ones: MobileNet's depthwise ones learn far less from so few steps and are hardly quicker on
a processor. It takes pictures of any size, scaled to -1 … 1.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from data_scripts.quiet_tensorflow import import_tensorflow
from data_scripts.ragged import Arrays
from data_scripts.twins import pet_kinds
from data_scripts.twins.pet_canvas import Dice, Textures
from data_scripts.twins.pet_looks import Looks
from data_scripts.twins.pets import animal_picture

if TYPE_CHECKING:
    import keras

KINDS: dict[str, Callable[[Dice], Looks]] = {
    "cat": pet_kinds.cat,
    "dog": pet_kinds.dog,
    "fox": pet_kinds.fox,
    "bear": pet_kinds.bear,
    "rabbit": pet_kinds.rabbit,
    "mouse": pet_kinds.mouse,
    "pig": pet_kinds.pig,
    "cow": pet_kinds.cow,
    "monkey": pet_kinds.monkey,
}
EARS = ("point", "fold", "flop", "round", "long", "side")
PICTURES = 6000
EPOCHS = 8
# Pictures are drawn at the first size; a square at least as large as the second is cut from each at
# random and brought to the second. So the base meets animals of many sizes.
DRAWN, SIZE = 88, 64
BATCH = 32
RATE = 2e-3
HELD_OUT = 360
# Channels of each block. All but the last halve the maps, and the first convolution does so too.
BLOCKS = (32, 64, 96, 128)
# The running means forget quickly: there are but a thousand or two steps.
FORGET = 0.95


def make(rows: Mapping[str, int], seed: int) -> dict[str, Arrays]:
    """Train the small base; takes about a minute on two cores.

    Parameters
    ----------
    rows : mapping of str to int
        Of no use here: weights have no rows.
    seed : int
        The same seed gives the same pictures and the same start.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        Under "shared", the weights as float32 arrays by name, "classes" with the names of the
        kinds, and "accuracy" (1,), the share of unseen drawn animals that it names rightly.
    """
    print("Training a small base on drawn animals; this takes a minute or two …", file=sys.stderr)
    return {"shared": trained(seed, PICTURES, EPOCHS)}


def network(shape: tuple[int | None, int | None, int], seed: int = 0) -> keras.Model:
    """Build the base: an input of this shape, scaled to -1 … 1, to maps of 128 features."""
    import keras

    layers = keras.layers
    inputs = x = layers.Input(shape)
    for number, channels in enumerate(BLOCKS, start=1):
        block = f"block{number}"
        if number > 1:
            x = layers.MaxPooling2D(name=f"block{number - 1}_pool")(x)
        x = layers.Conv2D(
            channels,
            3,
            strides=2 if number == 1 else 1,
            padding="same",
            use_bias=False,
            # Seeds of its own: the caller's random numbers stay as they are.
            kernel_initializer=keras.initializers.HeNormal(seed=seed + number),
            name=f"{block}_conv",
        )(x)
        x = layers.BatchNormalization(momentum=FORGET, name=f"{block}_bn")(x)
        x = layers.ReLU(name=f"{block}_relu")(x)
    return keras.Model(inputs, x, name="small_base")


def parts(looks: Looks) -> list[bool]:
    """Say which parts an animal has, as the network is to say it."""
    return [
        *(looks.ears == ears for ears in EARS),
        looks.whiskers,
        looks.tongue,
        looks.horns,
        looks.muzzle > 0.35,
        looks.nose > 0.16,
        looks.eye > 0.17,
        looks.pupil < 0.6,
        looks.legs > 1.1,
    ]


def drawn(seed: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw animals of all kinds by turns.

    Returns
    -------
    pictures : np.ndarray
        uint8 (count, DRAWN, DRAWN, 3).
    truths : np.ndarray
        float32 (count, kinds and parts), 1 for the kind that it is and the parts that it has.
    """
    from PIL import Image

    # Another stream than that of the twin of cats vs dogs, whatever the seeds.
    rng = np.random.default_rng([seed, 9])
    textures, dice = Textures(rng), Dice(rng)
    kinds = list(KINDS.values())
    pictures, truths = np.empty((count, DRAWN, DRAWN, 3), dtype=np.uint8), []
    for row in range(count):
        number = row % len(kinds)
        looks = kinds[number](dice)
        picture = animal_picture(dice, textures, looks, DRAWN)
        small = Image.fromarray(picture).resize((DRAWN, DRAWN), Image.Resampling.BILINEAR)
        pictures[row] = np.asarray(small)
        truths.append([*(number == other for other in range(len(kinds))), *parts(looks)])
    return pictures, np.array(truths, dtype=np.float32)


def trained(seed: int, count: int, epochs: int) -> Arrays:
    """Train the base on so many pictures for so many epochs; give what `make` gives as shared."""
    import_tensorflow()
    import keras

    x, y = drawn(seed, count + HELD_OUT)
    # Any size: it is trained on cuts and tried on whole pictures.
    base = network((None, None, 3), seed)
    pooled = keras.layers.GlobalAveragePooling2D()(base.output)
    start = keras.initializers.GlorotUniform(seed=seed)
    outputs = keras.layers.Dense(y.shape[1], kernel_initializer=start)(pooled)
    model = keras.Model(base.input, outputs)
    steps = epochs * (count // BATCH)
    rate = keras.optimizers.schedules.CosineDecay(
        RATE / 10, steps, warmup_target=RATE, warmup_steps=steps // 10
    )
    model.compile(keras.optimizers.Adam(rate), keras.losses.BinaryCrossentropy(from_logits=True))
    rng = np.random.default_rng([seed, 10])
    for _ in range(epochs):
        order = rng.permutation(count)
        cut = _cut(x[:count][order], rng)
        model.fit(cut, y[:count][order], batch_size=BATCH, epochs=1, shuffle=False, verbose=0)
    said = model.predict(scaled(x[count:]), batch_size=BATCH, verbose=0)
    kinds = slice(len(KINDS))
    right = said[:, kinds].argmax(axis=1) == y[count:, kinds].argmax(axis=1)
    arrays: Arrays = {
        f"{layer.name}/{variable.name}": np.asarray(variable, dtype=np.float32)
        for layer in base.layers
        for variable in layer.weights
    }
    accuracy = np.array([right.mean()], dtype=np.float32)
    return {**arrays, "classes": np.array(list(KINDS)), "accuracy": accuracy}


def scaled(pixels: np.ndarray) -> np.ndarray:
    """Scale pixels from 0 … 255 to -1 … 1, float32, as MobileNet takes them."""
    return np.asarray(pixels, dtype=np.float32) / np.float32(127.5) - 1


def _cut(pictures: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Cut a square from each picture, mirror half of them, vary the light, scale to -1 … 1."""
    count = len(pictures)
    sides = rng.integers(SIZE, DRAWN + 1, size=count)
    tops, lefts = (rng.random((2, count)) * (DRAWN - sides + 1)).astype(np.int64)
    flips = rng.random(count) < 0.5
    cut = np.empty((count, SIZE, SIZE, 3), dtype=np.float32)
    for row, (side, top, left, flip) in enumerate(zip(sides, tops, lefts, flips, strict=True)):
        # The nearest pixel will do: quick, and a picture is seen many times, never twice alike.
        places = np.arange(SIZE) * side // SIZE
        across = left + (places[::-1] if flip else places)
        cut[row] = pictures[row][(top + places)[:, None], across[None, :]]
    cut *= rng.uniform(0.8, 1.2, size=(count, 1, 1, 1)).astype(np.float32) / np.float32(127.5)
    cut -= 1
    return cut
