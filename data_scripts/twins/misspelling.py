"""Misspell words as hurried writers do: the long tail of a real vocabulary."""

from __future__ import annotations

from collections.abc import Set

import numpy as np

FORMS = 8
SHORTEST = 5


def misspelt(words: list[str], spared: Set[int]) -> tuple[np.ndarray, list[str]]:
    """Give misspelt forms of each word that is long enough.

    Parameters
    ----------
    words : list of str
        The words.
    spared : set of int
        Places in `words` of those that are always spelt right, such as names.

    Returns
    -------
    table : np.ndarray
        int32 (len(words), FORMS), places of a word's misspelt forms in `entries`; of a spared or
        short word its own place.
    entries : list of str
        The words, and after them the misspelt forms.
    """
    entries = list(words)
    table = np.empty((len(words), FORMS), dtype=np.int32)
    for place, word in enumerate(words):
        if place in spared or len(word) < SHORTEST or not word.isalpha():
            table[place] = place
            continue
        table[place] = range(len(entries), len(entries) + FORMS)
        entries.extend(_forms(word))
    return table, entries


def _forms(word: str) -> list[str]:
    """Drop, double or swap a letter, but not the first: it is the one that people get right."""
    forms = []
    for number in range(FORMS):
        at = 1 + (number * 5 + len(word)) % (len(word) - 2)
        before, letter, after, rest = word[:at], word[at], word[at + 1], word[at + 2 :]
        forms.append(
            (
                before + after + rest,
                before + letter + letter + after + rest,
                before + after + letter + rest,
            )[number % 3]
        )
    return forms
