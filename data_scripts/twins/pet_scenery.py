"""What stands before and behind a drawn animal: floors, walls, things; and marks of its fur."""

from __future__ import annotations

import numpy as np

from data_scripts.twins.pet_canvas import Canvas, Colour, Dice, Textures, oval
from data_scripts.twins.pet_looks import FURS, tinted

# What one stands on or before, outdoors: grass, soil, stone, sky; and indoors: wood, cloth, walls.
OUTDOORS: tuple[Colour, ...] = (
    (0.35, 0.5, 0.2),
    (0.32, 0.45, 0.22),
    (0.45, 0.36, 0.27),
    (0.6, 0.58, 0.55),
    (0.65, 0.78, 0.9),
)
INDOORS: tuple[Colour, ...] = (
    (0.62, 0.45, 0.28),
    (0.6, 0.2, 0.2),
    (0.25, 0.3, 0.55),
    (0.8, 0.77, 0.7),
    (0.25, 0.22, 0.22),
    (0.85, 0.8, 0.45),
    (0.6, 0.58, 0.55),
)


def new_canvas(dice: Dice, shorter: int, outdoors: bool) -> Canvas:
    """Begin a picture: its form and what is behind everything."""
    ratio = dice.between(1.25, 1.4) if dice.chance(0.6) else dice.between(1.0, 1.5)
    longer = round(shorter * ratio)
    wide = dice.chance(0.72)
    width, height = (longer, shorter) if wide else (shorter, longer)
    return Canvas(width, height, _ground(dice, outdoors), dice.between(0.0, 0.18))


def behind(dice: Dice, canvas: Canvas, outdoors: bool) -> None:
    """Draw a floor and things behind the animal."""
    width, height = canvas.width, canvas.height
    if dice.chance(0.75):
        line = height * dice.between(0.3, 0.8)
        tilt = height * dice.between(-0.08, 0.08)
        floor = [(0, line - tilt), (width, line + tilt), (width, height), (0, height)]
        canvas.polygon(np.array(floor), canvas.ink(_ground(dice, outdoors), dice.between(0.0, 0.2)))
    for _ in range(dice.below(6)):
        _thing(dice, canvas, canvas.width * dice.share(), canvas.height * dice.share(), 0.3)
    if dice.chance(0.15):
        _bars(dice, canvas)


def in_front(dice: Dice, canvas: Canvas) -> None:
    """Hide a part of some animals behind a thing at the edge or behind bars."""
    if dice.chance(0.25):
        place = canvas.width * (dice.between(0.0, 0.25) + (0.75 if dice.chance(0.5) else 0.0))
        _thing(dice, canvas, place, canvas.height * dice.between(0.4, 1.0), 0.3)
    if dice.chance(0.15):
        _thing(dice, canvas, canvas.width * dice.share(), canvas.height * dice.share(), 0.12)
    if dice.chance(0.06):
        _bars(dice, canvas)


def marks(dice: Dice, textures: Textures, canvas: Canvas) -> tuple[Colour, np.ndarray] | None:
    """Draw the marks of a fur: stripes, patches or none."""
    kind = dice.share()
    if kind < 0.4:
        return None
    size = canvas.height, canvas.width
    if kind < 0.65:
        share = np.clip(textures.cut(dice, textures.stripes, *size) - 0.2, 0, 1)
        return (0.1, 0.08, 0.06), share * np.float32(dice.between(0.4, 0.8))
    edge = dice.between(0.0, 1.2)
    share = np.clip((textures.cut(dice, textures.spots, *size) - edge) * 8, 0, 1)
    return tinted(dice, FURS[dice.below(len(FURS))], 0.08), share


def _ground(dice: Dice, outdoors: bool) -> Colour:
    colours = OUTDOORS if outdoors else INDOORS
    return tinted(dice, colours[dice.below(len(colours))], 0.15)


def _thing(dice: Dice, canvas: Canvas, x: float, y: float, size: float) -> None:
    """Draw a box, a ball, a leafy or a cornered thing."""
    reach = size * canvas.height
    across, down = reach * dice.between(0.2, 1.0), reach * dice.between(0.2, 1.0)
    colour = (
        _ground(dice, dice.chance(0.4))
        if dice.chance(0.7)
        else tinted(dice, FURS[dice.below(len(FURS))], 0.1)
    )
    ink = canvas.ink(colour, dice.between(0.0, 0.25))
    middle = np.array([x, y])
    form = dice.below(4)
    if form == 0:
        turn = dice.between(-0.3, 0.3)
        corners = np.array([(-across, -down), (across, -down), (across, down), (-across, down)])
        spin = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
        canvas.polygon(corners @ spin + middle, ink)
    elif form == 1:
        canvas.polygon(oval(across, down, dice.between(0, 3)) + middle, ink)
    elif form == 2:
        knots = oval(across, down, 0.0, 7)
        knots *= np.array([dice.between(0.6, 1.3) for _ in range(7)])[:, None]
        canvas.smooth(knots + middle, ink)
    else:
        spikes = 2 * (2 + dice.below(4))
        star = oval(across, down, dice.between(0, 3), spikes)
        star[::2] *= dice.between(0.3, 0.8)
        canvas.polygon(star + middle, ink)


def _bars(dice: Dice, canvas: Canvas) -> None:
    """Draw a fence or a cage."""
    ink = canvas.ink(tinted(dice, (0.55, 0.55, 0.57), 0.3))
    gap, pen = dice.between(0.08, 0.2) * canvas.width, dice.between(0.8, 2.0)
    x = gap * dice.share()
    while x < canvas.width:
        canvas.line(np.array([(x, 0), (x, canvas.height)]), pen, ink)
        x += gap
    if dice.chance(0.5):
        y = canvas.height * dice.share()
        canvas.line(np.array([(0, y), (canvas.width, y)]), pen, ink)
