"""The kinds of animals that the twins know: for each the ranges of its measures."""

from __future__ import annotations

from dataclasses import replace

from data_scripts.twins.pet_canvas import Colour, Dice
from data_scripts.twins.pet_looks import Looks

_BLACK: Colour = (0.09, 0.08, 0.09)
_PINK: Colour = (0.78, 0.5, 0.48)
_BROWN: Colour = (0.28, 0.17, 0.09)
_EYES: tuple[Colour, ...] = (
    (0.75, 0.7, 0.2),
    (0.45, 0.65, 0.3),
    (0.8, 0.55, 0.15),
    (0.45, 0.65, 0.8),
)


def cat(dice: Dice) -> Looks:
    """Draw the measures of a cat: pointed ears, short face, slit pupils, long thin tail."""
    slit = dice.chance(0.75)
    return Looks(
        ears="fold" if dice.chance(0.05) else "point",
        ear=dice.between(0.6, 1.0),
        ear_wide=dice.between(0.55, 0.75),
        wide=dice.between(1.0, 1.15),
        jaw=dice.between(0.75, 1.0),
        muzzle=dice.between(0.0, 0.15),
        snout=dice.between(0.26, 0.36),
        nose=dice.between(0.1, 0.15),
        nose_colour=_PINK if dice.chance(0.6) else _BLACK,
        eye=dice.between(0.17, 0.25),
        eye_apart=dice.between(0.38, 0.46),
        iris=_EYES[dice.below(4)],
        pupil=dice.between(0.2, 0.5) if slit else dice.between(0.7, 1.05),
        whiskers=dice.chance(0.8),
        tongue=False,
        tail=dice.between(1.8, 3.0),
        tail_wide=dice.between(0.14, 0.26),
        legs=dice.between(0.5, 1.1),
        leg_wide=dice.between(0.16, 0.24),
        neck=dice.between(0.1, 0.5),
        long=dice.between(2.3, 3.2),
        outdoors=0.22,
    )


def dog(dice: Dice) -> Looks:
    """Draw the measures of a dog: hanging, folded or pointed ears, long muzzle, large nose."""
    ears = dice.share()
    return Looks(
        ears="flop" if ears < 0.62 else "fold" if ears < 0.82 else "point",
        ear=dice.between(0.7, 1.25),
        ear_wide=dice.between(0.3, 0.6),
        wide=dice.between(0.8, 1.05),
        jaw=dice.between(0.55, 0.9),
        muzzle=dice.between(0.25, 0.85),
        snout=dice.between(0.34, 0.5),
        nose=dice.between(0.17, 0.26),
        nose_colour=_BROWN if dice.chance(0.12) else _BLACK,
        eye=dice.between(0.11, 0.18),
        eye_apart=dice.between(0.34, 0.44),
        iris=_BROWN if dice.chance(0.9) else _EYES[3],
        pupil=dice.between(0.6, 1.1),
        whiskers=False,
        tongue=dice.chance(0.35),
        tail=dice.between(0.9, 2.2),
        tail_wide=dice.between(0.14, 0.3),
        legs=dice.between(0.8, 2.0),
        leg_wide=dice.between(0.18, 0.28),
        neck=dice.between(0.3, 0.9),
        long=dice.between(2.3, 3.4),
        outdoors=0.5,
    )


def fox(dice: Dice) -> Looks:
    """Draw the measures of a fox: large pointed ears, thin muzzle, bushy tail."""
    return replace(
        dog(dice),
        ears="point",
        ear=dice.between(0.9, 1.3),
        jaw=dice.between(0.45, 0.6),
        muzzle=dice.between(0.6, 0.9),
        snout=dice.between(0.22, 0.3),
        nose=dice.between(0.12, 0.18),
        nose_colour=_BLACK,
        tongue=False,
        tail=dice.between(1.8, 2.6),
        tail_wide=dice.between(0.35, 0.5),
        pale_muzzle=0.9,
    )


def bear(dice: Dice) -> Looks:
    """Draw the measures of a bear: round ears, wide head, thick legs, hardly a tail."""
    return replace(
        dog(dice),
        ears="round",
        ear=dice.between(0.4, 0.6),
        ear_wide=dice.between(0.26, 0.36),
        wide=dice.between(1.0, 1.2),
        muzzle=dice.between(0.3, 0.6),
        snout=dice.between(0.4, 0.55),
        eye=dice.between(0.08, 0.12),
        tongue=False,
        tail=0.3,
        legs=dice.between(0.8, 1.3),
        leg_wide=dice.between(0.3, 0.42),
        pale_muzzle=0.6,
    )


def rabbit(dice: Dice) -> Looks:
    """Draw the measures of a rabbit: long upright ears, small face, short tail."""
    return replace(
        cat(dice),
        ears="long",
        ear=dice.between(1.2, 1.9),
        ear_wide=dice.between(0.2, 0.32),
        wide=dice.between(0.85, 1.0),
        iris=_BROWN,
        pupil=dice.between(0.7, 1.1),
        tail=0.4,
        tail_wide=0.35,
        legs=dice.between(0.3, 0.6),
        long=dice.between(1.8, 2.4),
    )


def mouse(dice: Dice) -> Looks:
    """Draw the measures of a mouse: large round ears, pointed muzzle, thin tail."""
    return replace(
        cat(dice),
        ears="round",
        ear=dice.between(0.8, 1.2),
        ear_wide=dice.between(0.42, 0.6),
        jaw=dice.between(0.35, 0.5),
        muzzle=dice.between(0.3, 0.6),
        snout=dice.between(0.2, 0.28),
        nose_colour=_PINK,
        eye=dice.between(0.12, 0.18),
        pupil=1.1,
        tail=dice.between(2.2, 3.2),
        tail_wide=0.08,
        legs=dice.between(0.3, 0.5),
    )


def pig(dice: Dice) -> Looks:
    """Draw the measures of a pig: broad pink snout, leaf-shaped ears, short legs."""
    return replace(
        dog(dice),
        ears="fold" if dice.chance(0.5) else "point",
        ear=dice.between(0.5, 0.7),
        wide=dice.between(0.95, 1.15),
        jaw=dice.between(0.8, 1.0),
        muzzle=dice.between(0.3, 0.5),
        snout=dice.between(0.36, 0.46),
        nose=dice.between(0.32, 0.42),
        nose_colour=_PINK,
        eye=dice.between(0.09, 0.13),
        tongue=False,
        tail=0.7,
        tail_wide=0.07,
        legs=dice.between(0.4, 0.8),
    )


def cow(dice: Dice) -> Looks:
    """Draw the measures of a cow: ears to the side, horns, long broad muzzle, long legs."""
    return replace(
        dog(dice),
        ears="side",
        ear=dice.between(0.5, 0.75),
        ear_wide=dice.between(0.18, 0.26),
        wide=dice.between(0.75, 0.9),
        jaw=dice.between(0.7, 0.85),
        muzzle=dice.between(0.5, 0.9),
        snout=dice.between(0.46, 0.58),
        nose=dice.between(0.26, 0.34),
        nose_colour=_PINK if dice.chance(0.4) else _BLACK,
        tongue=False,
        tail_wide=0.08,
        legs=dice.between(1.4, 2.0),
        horns=dice.chance(0.8),
        pale_muzzle=0.7,
    )


def monkey(dice: Dice) -> Looks:
    """Draw the measures of a monkey: round ears at the side, flat pale face, long limbs."""
    return replace(
        cat(dice),
        ears="side",
        ear=dice.between(0.4, 0.55),
        ear_wide=dice.between(0.28, 0.38),
        wide=dice.between(0.8, 0.95),
        jaw=dice.between(0.6, 0.8),
        muzzle=dice.between(0.1, 0.25),
        snout=dice.between(0.44, 0.56),
        nose=dice.between(0.07, 0.1),
        nose_colour=_BLACK,
        eye=dice.between(0.12, 0.16),
        iris=_BROWN,
        pupil=1.1,
        whiskers=False,
        legs=dice.between(1.0, 1.8),
        leg_wide=dice.between(0.12, 0.18),
        pale_muzzle=1.0,
    )
