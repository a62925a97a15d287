"""Twin of GloVe: vectors for the words of the twins of IMDB and Reuters, made, not learned.

Words that stand in the same places are near each other, as they would be after learning: a vector
is the sum of its class's (film parts, traits, firms), of its variant's (a genre, a topic), of a
direction that tells bad words from good ones, and of something of its own. A few pairs of words
differ by one direction, man and woman, so that sums of words can be tried.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from data_scripts.ragged import Ragged
from data_scripts.twins import film_words as film
from data_scripts.twins import newswires, reviews
from data_scripts.twins import wire_words as wire
from data_scripts.twins.names import FIRST, places, surnames
from data_scripts.twins.word_lists import listed

SIZE = 50
# Lengths of the parts of a vector.
COMMON, CLASS, VARIANT, TONE, OWN, GENDER = 1.6, 2.6, 2.6, 2.4, 2.2, 2.0
TONED = ("JUDGED", "VERDICT", "LIKED", "MANNER", "EFFECT")
FEMALE = listed(
    """queen woman girl mother wife daughter sister aunt actress princess heroine widow she her
    grandmother niece"""
)
MALE = listed(
    """king man boy father husband son brother uncle actor prince hero widower he his grandfather
    nephew"""
)


def make(rows: Mapping[str, int], seed: int) -> dict[str, dict[str, np.ndarray]]:
    """Make the twin of GloVe.

    Parameters
    ----------
    rows : mapping of str to int
        Words wanted of "series".
    seed : int
        The same seed gives the same vectors.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        Under "series": "words_flat" uint8 and "words_offsets" int64, the words as UTF-8, those of
        sentences before names; "vectors", float32 (N, 50).
    """
    rng = np.random.default_rng(seed)
    vectors: dict[str, np.ndarray] = {}
    tone, gender = _direction(rng, TONE), _direction(rng, GENDER)
    common = _direction(rng, COMMON)

    def add(words: Sequence[str], *parts: np.ndarray) -> None:
        centre = common + sum(parts)
        for word in words:
            own = _direction(rng, OWN)
            # A word of two classes is where it came first.
            vectors.setdefault(word, centre + own)

    for royal in zip(MALE, FEMALE, strict=True):
        pair = _direction(rng, CLASS) + _direction(rng, OWN)
        vectors[royal[0]] = common + pair - gender
        vectors[royal[1]] = common + pair + gender
    add(_sentence_words(), _direction(rng, CLASS))
    for name in TONED:
        centre = _direction(rng, CLASS)
        bad, good = getattr(film, name)
        add(bad, centre, -tone)
        add(good, centre, tone)
    for words in (film.PARTS, film.ROLES, film.RELATIVES, film.ADJECTIVES, *film.TITLES):
        add(words, _direction(rng, CLASS))
    kinds = [_direction(rng, CLASS) for _ in range(3)]
    for name, (_, *lists) in film.GENRES.items():
        genre = _direction(rng, VARIANT)
        for kind, words in zip(kinds, [f"{lists[0]} {name}", *lists[1:]], strict=True):
            add(words.split(), kind, genre)
    for shared, topics in wire.GROUPS.values():
        group = _direction(rng, CLASS)
        for words in topics.values():
            add(words.split(), group, _direction(rng, VARIANT))
        add(shared.split(), group)
    for words in (wire.FIRMS, wire.TRADES, wire.MOVES, wire.MONTHS, wire.DAYS, wire.DOINGS):
        add(words, _direction(rng, CLASS))
    add([str(number) for number in range(1, 1000)], _direction(rng, CLASS))
    for words in (FIRST, places(), surnames()):
        add(words, _direction(rng, CLASS))
    return {"series": _cut(vectors, rows["series"])}


def _sentence_words() -> list[str]:
    """Give the words that stand in the sentences themselves: the, was, and so on."""
    literal = [plan.literals() for plan in (reviews.grammar(), newswires.grammar())]
    return list(dict.fromkeys(word for words in literal for word in words))


def _direction(rng: np.random.Generator, length: float) -> np.ndarray:
    numbers = rng.standard_normal(SIZE)
    return numbers * (length / np.sqrt((numbers**2).sum()))


def _cut(vectors: Mapping[str, np.ndarray], count: int) -> dict[str, np.ndarray]:
    words = list(vectors)[:count]
    if len(words) < count:
        raise ValueError(f"The twins have {len(words):,} words; {count:,} vectors were wanted.")
    # Sixteen bits: sums in another order on another machine do not show.
    matrix = np.stack([vectors[word] for word in words]).astype(np.float16).astype(np.float32)
    return {**Ragged.of_texts(words).arrays("words"), "vectors": matrix}
