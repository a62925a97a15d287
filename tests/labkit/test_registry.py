"""Tests of labkit.registry."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from labkit.registry import read_lab

TEXT = json.dumps(
    {
        "ch09_demo": {
            "title": "Demo",
            "chapter": 9,
            "seed": 3,
            "variants": [
                {"name": "plain", "data": "mnist"},
                {"name": "mixed", "data": "mnist", "title": "what a later version may add"},
                {"name": "reused", "data": "cats_dogs", "also": ["mobilenet"]},
            ],
        }
    }
)


def test_entry() -> None:
    """Is everything read that a notebook needs, and what is not known left out?"""
    lab = read_lab("ch09_demo", TEXT)
    assert (lab.name, lab.title, lab.chapter, lab.seed) == ("ch09_demo", "Demo", "9", 3)
    assert lab.thresholds == {}
    assert lab.variant("mixed").data == "mnist"
    assert lab.variant("mixed").sets == ("mnist",)
    assert lab.variant("reused").sets == ("cats_dogs", "mobilenet")


def test_unknown_lab_and_variant() -> None:
    """Does the message list what there is?"""
    with pytest.raises(ValueError, match="no lab 'ch1'. Known labs: ch09_demo"):
        read_lab("ch1", TEXT)
    with pytest.raises(
        ValueError, match="no variant 'x'. Choose one of 'plain', 'mixed', 'reused'"
    ):
        read_lab("ch09_demo", TEXT).variant("x")


def test_every_lab_that_ships_can_be_read() -> None:
    """Does each entry of labs.json have variants, and thresholds for variants that exist?"""
    for name in json.loads(files("labkit").joinpath("labs.json").read_text("utf-8")):
        lab = read_lab(name)
        assert lab.variants
        for by_variant in lab.thresholds.values():
            for variant, by_source in by_variant.items():
                lab.variant(variant)
                assert set(by_source) <= {"real", "twin"}
