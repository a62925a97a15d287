"""Tests of writing sentences by templates, and of names and misspelling."""

from __future__ import annotations

import re

import numpy as np
import pytest

from data_scripts.twins import misspelling, names
from data_scripts.twins.grammar import MARKS, Grammar

CLASSES = {
    "thing": ["owl", "tree"],
    "judged": [["bad"], ["good"]],
    "matter": [["tin"], ["gold"], ["oil"]],
    "first": [f"name{number}" for number in range(50)],
}


def _write(*templates: str, count: int = 1, **arrays: np.ndarray) -> list[str]:
    grammar = Grammar(CLASSES, {"only": templates})
    given = {"documents": np.zeros(count, int), **arrays}
    written = grammar.write(np.random.default_rng(3), np.zeros(count, int), **given)
    words = [
        grammar.words[entry] + MARKS[mark]
        for entry, mark in zip(written.entries, written.marks, strict=True)
    ]
    parts = np.split(np.array(words), np.cumsum(written.lengths)[:-1])
    return [" ".join(part) for part in parts]


def test_tone_and_subject_choose_variants() -> None:
    """Do + and - take the variants of the tone and its opposite, and @ that of the subject?"""
    tones, subjects = np.array([0, 1, 1]), np.array([2, 0, 1])
    assert _write(
        "{judged+}, not {judged-}: {matter@}!", count=3, tones=tones, subjects=subjects
    ) == ["bad, not good: oil!", "good, not bad: tin!", "good, not bad: gold!"]


def test_article() -> None:
    """Does "a" become "an" before a vowel only?"""
    for sentence in _write("a {thing} and a {thing}", count=50):
        assert not re.search(r"\ba [aeiou]|\ban [^aeiou]", sentence)


def test_alternatives() -> None:
    """Are all alternatives written, the empty one too, and is a template with many no likelier?"""
    written = _write("[one|two] [x|]", "three", count=1000)
    assert set(written) == {"one x", "one", "two x", "two", "three"}
    assert 400 < written.count("three") < 600


def test_people_stay_within_a_document() -> None:
    """Has a document few people, and a sentence two different ones?"""
    documents = np.repeat([0, 1], 200)
    written = _write("{first~} and {first~2}", count=400, documents=documents)
    first, second = set(written[:200]), set(written[200:])
    assert len(first) <= 4
    assert first.isdisjoint(second)


def test_early_words_are_frequent() -> None:
    """Do words become rarer along a class's list, as Zipf's law has it?"""
    written = _write("{first}", count=20_000)
    counts = np.array([written.count(f"name{number}") for number in range(50)])
    assert counts[:5].min() > 2 * counts[-5:].max() > 0


def test_unknown_class_is_an_error() -> None:
    """Is a slot for a class that is not there refused when the grammar is made?"""
    with pytest.raises(KeyError, match="nothing"):
        _write("the {nothing}")


@pytest.mark.parametrize("make", [names.surnames, names.places])
def test_names(make) -> None:
    """Are names many, all different, in another order when asked, and always the same?"""
    made = make()
    assert len(made) == len(set(made)) > 2000
    assert make() == made
    assert make(skip=500) != made
    assert sorted(make(skip=500)) == sorted(made)
    assert all(name.isalpha() and name.islower() for name in made)


def test_misspelling() -> None:
    """Are long words misspelt in several ways, and short and spared ones never?"""
    table, entries = misspelling.misspelt(["beautiful", "bad", "Kingsford"], {2})
    forms = [entries[place] for place in table[0]]
    assert "beautiful" not in forms
    assert len(set(forms)) > 4
    assert all(abs(len(form) - 9) <= 1 and form[0] == "b" for form in forms)
    assert set(table[1]) == {1}
    assert set(table[2]) == {2}
