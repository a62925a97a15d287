"""Twin of Reuters: newswires in 46 topics of very unequal size, each with words of its own.

A newswire strays: some of its sentences are about a related topic, some about any. Topics of one
group share words, and now and then an editor files a newswire under the other topic that it is
about. So the frequent topics are easy, and the rare ones drown in their neighbours.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from data_scripts.ragged import Ragged
from data_scripts.reuters import TOPICS
from data_scripts.tokens import SPECIAL, as_keras
from data_scripts.twins import wire_words as wire
from data_scripts.twins.grammar import Grammar
from data_scripts.twins.misspelling import misspelt
from data_scripts.twins.names import places, surnames
from data_scripts.twins.wire_sentences import KIND_OF_GROUP, KINDS

# Shares of a newswire's sentences: about its own topic, about a neighbour, about any topic; the rest
# says nothing of a topic. And the share that is filed under the neighbour. Results and deals, half
# of all newswires, are each other's neighbours and stray less. Set so that a linear model is right
# as often as on Reuters.
STRAYING = {"result": (0.8, 0.03, 0.05, 0.045), "deal": (0.68, 0.05, 0.08, 0.08)}
OTHER_STRAYING = (0.5, 0.16, 0.06, 0.22)
# Sentences of a newswire, log-normal: results are short, the others longer.
LENGTHS = {"result": (1.5, 0.7), "deal": (2.0, 0.65)}
OTHER_LENGTHS = (2.62, 0.72)
MISSPELLING = 0.004
HEADS = {"last": 1500.0, "place": 150.0, "num": 30.0, "matter": 3.0, "shared": 6.0}


def make(rows: Mapping[str, int], seed: int) -> dict[str, dict[str, np.ndarray]]:
    """Make the twin of Reuters.

    Parameters
    ----------
    rows : mapping of str to int
        Newswires wanted of "train" and of "test".
    seed : int
        The same seed gives the same newswires.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        By split, "ids_flat" int32, "ids_offsets" int64 and "y" int64, 0 to 45; "shared" has
        "topics" (46,), and "words_flat" and "words_offsets", the word that each id stands for.
    """
    rng = np.random.default_rng(seed)
    written = {split: _newswires(rng, count) for split, count in rows.items()}
    _, entries = _misspellings()
    place = {word: number for number, word in enumerate(dict.fromkeys(entries))}
    spelt = np.array([place[word] for word in entries], dtype=np.int32)
    words = list(place)
    counts = sum(
        np.bincount(spelt[rank.flat], minlength=len(words)) for rank, _ in written.values()
    )
    order = np.argsort(-counts, kind="stable")
    ranks = np.empty(len(words), dtype=np.int32)
    ranks[order] = np.arange(1, len(words) + 1, dtype=np.int32)
    splits = {}
    for split, (entry, topics) in written.items():
        ids = as_keras(Ragged(ranks[spelt[entry.flat]], entry.offsets))
        splits[split] = {**ids.arrays("ids"), "y": topics}
    used = [words[number] for number in order[: int((counts > 0).sum())]]
    shared = Ragged.of_texts([*SPECIAL, *used]).arrays("words")
    return {**splits, "shared": {"topics": np.array(TOPICS), **shared}}


@cache
def grammar() -> Grammar:
    """Give the grammar of newswires."""
    group = groups()
    people, towns = surnames(skip=3000), places(skip=1000)
    own = {
        name: words.split() for _, topics in wire.GROUPS.values() for name, words in topics.items()
    }
    shared = [group_words.split() for group_words, _ in wire.GROUPS.values()]
    classes = {
        "last": [_own(people, topic, 40) for topic in range(len(TOPICS))],
        "place": [_own(towns, topic, 15) for topic in range(len(TOPICS))],
        "matter": [own[name] for name in TOPICS],
        "shared": [shared[number] for number in group],
        "firm": wire.FIRMS,
        "trade": wire.TRADES,
        "role": wire.ROLES,
        "moved": wire.MOVES,
        "month": wire.MONTHS,
        "day": wire.DAYS,
        "doing": wire.DOINGS,
        "quality": wire.QUALITIES,
        "general": wire.GENERAL,
        "qtr": ["1st", "2nd", "3rd", "4th"],
        "unit": ["dlrs", "yen", "marks", "francs", "crowns", "pesos", "guilders"],
        "year": ["1987", "1986", "1988", "1985"],
        "num": [str(number) for number in _numbers()],
    }
    return Grammar(classes, KINDS, HEADS)


def _own(names: list[str], topic: int, count: int) -> list[str]:
    """Give the names in a topic's newswires: every firm has results, few people speak of cocoa."""
    if TOPICS[topic] in ("earn", "acq"):
        return names
    return [names[(topic * count + place) % len(names)] for place in range(2 * count)]


@cache
def groups() -> np.ndarray:
    """Give the number of each topic's group."""
    number = {
        name: place for place, (_, topics) in enumerate(wire.GROUPS.values()) for name in topics
    }
    return np.array([number[name] for name in TOPICS])


def _numbers() -> list[int]:
    """Give the numbers to 999 with the small ones and the round ones first."""
    return sorted(range(1, 1000), key=lambda number: number * (1 if number % 10 else 0.4))


@cache
def _misspellings() -> tuple[np.ndarray, list[str]]:
    plan = grammar()
    return misspelt(plan.words, set(range(plan.first["matter"])))


def _newswires(rng: np.random.Generator, count: int) -> tuple[Ragged, np.ndarray]:
    shares = np.cumsum(wire.COUNTS) / sum(wire.COUNTS)
    topic = np.searchsorted(shares, rng.random(count), side="right")
    group = groups()
    length = np.maximum(1, np.rint(_lengths(rng, group[topic]))).astype(np.int64)
    document = np.repeat(np.arange(count), length)
    near = _neighbours(rng, topic)
    subject, kind = _subjects(rng, topic, near, document, shares)
    written = grammar().write(rng, kind, document, subjects=subject.astype(np.int32))
    entries = written.entries
    table, _ = _misspellings()
    slips = np.flatnonzero(rng.random(len(entries)) < MISSPELLING)
    entries[slips] = table[entries[slips], rng.integers(table.shape[1], size=len(slips))]
    ends = np.cumsum(written.lengths)[np.cumsum(length) - 1]
    misfiled = rng.random(count) < _straying()[topic, 3]
    label = np.where(misfiled, near, topic)
    return Ragged(entries, np.concatenate([[0], ends])), label.astype(np.int64)


def _lengths(rng: np.random.Generator, group: np.ndarray) -> np.ndarray:
    forms = np.array([LENGTHS.get(name, OTHER_LENGTHS) for name in wire.GROUPS])[group]
    return rng.lognormal(forms[:, 0], forms[:, 1])


def _neighbours(rng: np.random.Generator, topic: np.ndarray) -> np.ndarray:
    """Draw for each newswire another topic of its group, the frequent ones more often."""
    group, counts = groups(), np.array(wire.COUNTS, dtype=float)
    near = topic.copy()
    # Results and deals, one topic each, are neighbours.
    group = np.where(group == 0, 1, group)
    for number in range(len(TOPICS)):
        here = np.flatnonzero(topic == number)
        others = np.flatnonzero((group == group[number]) & (np.arange(len(TOPICS)) != number))
        near[here] = others[_draw(rng, counts[others] ** 0.5, len(here))]
    return near


def _subjects(
    rng: np.random.Generator,
    topic: np.ndarray,
    near: np.ndarray,
    document: np.ndarray,
    shares: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Draw subject and kind of each sentence."""
    names = list(wire.GROUPS)
    numbers = list(KINDS)
    kinds = np.array([numbers.index(KIND_OF_GROUP[name]) for name in names])
    group = groups()
    own, beside, far, _ = _straying()[topic[document]].T
    share = rng.random(len(document))
    any_topic = np.searchsorted(shares, rng.random(len(document)), side="right")
    subject = np.select(
        [share < own, share < own + beside, share < own + beside + far],
        [topic[document], near[document], any_topic],
        topic[document],
    )
    silent = share >= own + beside + far
    # The first sentence tells the topic.
    first = np.flatnonzero(np.diff(document, prepend=-1))
    silent[first] = False
    kind = np.where(silent, numbers.index("any"), kinds[group[subject]])
    return subject, kind


def _straying() -> np.ndarray:
    """Give for each topic the shares of `STRAYING`, (46, 4)."""
    forms = np.array([STRAYING.get(name, OTHER_STRAYING) for name in wire.GROUPS])
    return forms[groups()]


def _draw(rng: np.random.Generator, weights: np.ndarray, count: int) -> np.ndarray:
    bounds = np.cumsum(weights)
    return np.searchsorted(bounds, rng.random(count) * bounds[-1], side="right")
