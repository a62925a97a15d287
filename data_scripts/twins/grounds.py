"""Draw what objects stand in front of: sky, field, street, sea, room, leaves."""

from __future__ import annotations

import numpy as np

from data_scripts.twins.coloured import Dice, Measure

GREEN = ((0.25, 0.4, 0.15), (0.4, 0.5, 0.2), (0.2, 0.3, 0.12))
EARTH = ((0.5, 0.42, 0.3), (0.6, 0.55, 0.4), (0.35, 0.28, 0.2))
AIR = (
    (0.35, 0.55, 0.85),
    (0.6, 0.75, 0.9),
    (0.8, 0.85, 0.9),
    (0.55, 0.58, 0.62),
    (0.85, 0.75, 0.65),
)
ROAD = ((0.4, 0.4, 0.42), (0.55, 0.54, 0.52), (0.3, 0.3, 0.32))
WALL = ((0.8, 0.76, 0.68), (0.6, 0.5, 0.42), (0.45, 0.5, 0.55), (0.3, 0.25, 0.25), (0.7, 0.7, 0.72))
WATER = ((0.15, 0.3, 0.5), (0.25, 0.4, 0.45), (0.4, 0.5, 0.58), (0.15, 0.25, 0.3))


def sky(dice: Dice) -> np.ndarray:
    """Draw sky from edge to edge, clear or with clouds."""
    high, low = dice.colour(*AIR), dice.colour(*AIR)
    clouds = np.clip(dice.noise(4) * dice.between(0.2, 1), 0, 1) * dice.chance(0.6)
    return _towards(_fade(dice, high, low), dice.colour((0.95, 0.95, 0.96)), clouds * 0.8)


def field(dice: Dice) -> np.ndarray:
    """Draw grass or earth below sky or woods."""
    soil = dice.colour(*GREEN, *EARTH)
    woods = dice.colour((0.15, 0.25, 0.1), (0.35, 0.4, 0.25), *AIR)
    return _horizon(dice, woods, soil, 0.12, dice.between(0.1, 0.7))


def street(dice: Dice) -> np.ndarray:
    """Draw a road below houses, trees or sky."""
    return _horizon(
        dice, dice.colour(*WALL, *AIR, *GREEN), dice.colour(*ROAD), 0.07, dice.between(0.4, 0.8)
    )


def sea(dice: Dice) -> np.ndarray:
    """Draw water below the sky."""
    picture = _horizon(dice, dice.colour(*AIR), dice.colour(*WATER), 0.04, dice.between(0.25, 0.7))
    waves = dice.rng.standard_normal((dice.count, dice.height, 2), dtype=np.float32)
    return picture + 0.02 * waves.mean(axis=2)[:, :, None, None]


def room(dice: Dice) -> np.ndarray:
    """Draw a wall and a floor or a sofa."""
    cover = dice.colour(*WALL)
    free = dice.chance(0.5)[:, 0]
    cover = cover + free * (dice.any_colour() - cover)
    return _horizon(dice, dice.colour(*WALL), cover, 0.05, dice.between(0.3, 0.9))


def leaves(dice: Dice) -> np.ndarray:
    """Draw plants or stones out of focus, from edge to edge."""
    first, second = dice.colour(*GREEN, *EARTH), dice.colour(*GREEN, (0.1, 0.12, 0.07), *EARTH)
    share = np.clip(0.5 + 0.5 * dice.noise(5), 0, 1)
    return _towards(_towards(_flat(dice, first), second, share), 0.5 * second, 0.3 * _grain(dice))


def plain(dice: Dice) -> np.ndarray:
    """Draw a bare background, as in a catalogue; often white."""
    colour = dice.colour((0.97, 0.97, 0.97), (0.97, 0.97, 0.97), (0.75, 0.75, 0.75), *WALL)
    return _flat(dice, colour) + 0.02 * dice.noise(3)[..., None]


def _flat(dice: Dice, colour: np.ndarray) -> np.ndarray:
    shape = (dice.count, dice.height, dice.width, 3)
    return np.broadcast_to(colour[:, None, None, :], shape)


def _towards(picture: np.ndarray, colour: np.ndarray, share: np.ndarray) -> np.ndarray:
    return picture + share[..., None] * (colour[:, None, None, :] - picture)


def _fade(dice: Dice, top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
    share = np.linspace(0, 1, dice.height, dtype=np.float32)[None, :, None]
    return _towards(_flat(dice, top), bottom, share * np.ones((1, 1, dice.width), dtype=np.float32))


def _grain(dice: Dice) -> np.ndarray:
    return np.clip(dice.noise(12), 0, 1)


def _horizon(
    dice: Dice, above: np.ndarray, under: np.ndarray, texture: float, level: Measure
) -> np.ndarray:
    """Draw an upper and a lower part; `level` is the share of the picture that is above."""
    picture = _flat(dice, above) * (1 + 0.1 * dice.noise(5) * dice.chance(0.7))[..., None]
    depth = np.linspace(0, 1, dice.height, dtype=np.float32)[None, :, None]
    edge = level + 0.02 * dice.noise(6)[:, :1, :]
    share = np.clip((depth - edge) * dice.height + 0.5, 0, 1)
    soil = _flat(dice, under) * (0.8 + 0.3 * depth + texture * dice.noise(16))[..., None]
    return picture + share[..., None] * (soil - picture)
