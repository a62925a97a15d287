"""What an animal looks like in numbers: measures of its parts, and colours of its fur."""

from __future__ import annotations

from dataclasses import dataclass

from data_scripts.twins.pet_canvas import Colour, Dice

# Colours of fur: black, grey, brown, ginger, cream, white, chocolate, sand.
FURS: tuple[Colour, ...] = (
    (0.13, 0.12, 0.13),
    (0.45, 0.45, 0.47),
    (0.45, 0.32, 0.22),
    (0.80, 0.50, 0.25),
    (0.86, 0.76, 0.60),
    (0.90, 0.89, 0.87),
    (0.30, 0.19, 0.13),
    (0.68, 0.56, 0.42),
)


@dataclass(frozen=True, slots=True)
class Looks:
    """Measures of one animal; lengths are in radii of its head.

    Attributes
    ----------
    ears : str
        "point", "fold", "flop", "round", "long" or "side".
    ear, ear_wide : float
        Length and width of an ear.
    wide, jaw : float
        Half width of the head, and of the face at the mouth.
    muzzle, snout : float
        How far the muzzle stands out, and its half width.
    nose, nose_colour
        Half width and colour of the nose; small ones are wedges, large ones ovals.
    eye, eye_apart, iris, pupil
        Size and place of the eyes, colour, and width of the pupil as a share of the iris.
    whiskers, tongue, horns : bool
        Whether there are any to be seen.
    tail, tail_wide, legs, leg_wide, neck, long : float
        Lengths and half widths; `long` is the length of the body.
    pale_muzzle, outdoors : float
        How probable a pale muzzle is, and surroundings under the sky.
    """

    ears: str
    ear: float
    ear_wide: float
    wide: float
    jaw: float
    muzzle: float
    snout: float
    nose: float
    nose_colour: Colour
    eye: float
    eye_apart: float
    iris: Colour
    pupil: float
    whiskers: bool
    tongue: bool
    tail: float
    tail_wide: float
    legs: float
    leg_wide: float
    neck: float
    long: float
    horns: bool = False
    pale_muzzle: float = 0.5
    outdoors: float = 0.4


@dataclass(frozen=True, slots=True)
class Coat:
    """Colours of one animal: fur; ears and tail; belly and muzzle."""

    fur: Colour
    dark: Colour
    pale: Colour


def coat(dice: Dice) -> Coat:
    """Draw the colours of a fur."""
    fur = tinted(dice, FURS[dice.below(len(FURS))], 0.08)
    dark = shaded(fur, dice.between(0.5, 0.95))
    pale = fur if dice.chance(0.4) else tinted(dice, (0.85, 0.82, 0.76), 0.08)
    return Coat(fur, dark, pale)


def tinted(dice: Dice, colour: Colour, spread: float) -> Colour:
    """Change a colour's brightness, up to `spread`, and its tint a little."""
    bright = dice.between(-spread, spread)
    red, green, blue = (
        min(max(c + bright + dice.between(-0.03, 0.03), 0.04), 0.96) for c in colour
    )
    return red, green, blue


def shaded(colour: Colour, factor: float) -> Colour:
    """Make a colour darker by a factor."""
    red, green, blue = colour
    return red * factor, green * factor, blue * factor
