"""Twin of the prose: aphorisms written by templates, all in lower case, in lines of 70 characters.

Its words and its order of words are few enough that a small network writes better than one that
knows pairs of characters only, and many enough that it has something to learn for a while.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import numpy as np

from data_scripts.nietzsche import characters
from data_scripts.twins.grammar import MARKS, Grammar
from data_scripts.twins.prose_words import CLASSES, KINDS

WIDTH = 70
# Sentences of an aphorism after its number: log-normal.
SENTENCES = (1.7, 0.7)


def make(rows: Mapping[str, int], seed: int) -> dict[str, dict[str, np.ndarray]]:
    """Make the twin of the prose.

    Parameters
    ----------
    rows : mapping of str to int
        Characters wanted of "series".
    seed : int
        The same seed gives the same text.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        Under "series": "text", uint32, the Unicode number of each character.
    """
    rng = np.random.default_rng(seed)
    grammar = Grammar(CLASSES, KINDS)
    wanted = rows["series"]
    text = "preface\n\n\n"
    while len(text) < wanted:
        text += _aphorisms(grammar, rng, max(10, (wanted - len(text)) // 600))
    return {"series": {"text": characters(text[:wanted])}}


def _aphorisms(grammar: Grammar, rng: np.random.Generator, count: int) -> str:
    length = 1 + np.maximum(1, np.rint(rng.lognormal(*SENTENCES, count))).astype(np.int64)
    document = np.repeat(np.arange(count), length)
    first = np.flatnonzero(np.diff(document, prepend=-1))
    kind = np.ones(len(document), dtype=np.int64)
    kind[first] = 0
    written = grammar.write(rng, kind, document)
    words = [
        grammar.words[entry] + MARKS[mark]
        for entry, mark in zip(written.entries.tolist(), written.marks.tolist(), strict=True)
    ]
    ends = np.cumsum(written.lengths)[np.cumsum(length) - 1].tolist()
    texts, begin = [], 0
    for end in ends:
        texts.append("\n".join(textwrap.wrap(" ".join(words[begin:end]), WIDTH)))
        begin = end
    return "\n\n".join(texts) + "\n\n"
