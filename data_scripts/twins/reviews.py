"""Twin of IMDB: film reviews written by templates, judging as real ones do, now and then in riddles.

Each review has a rating, and so a label. Its sentences judge in the label's direction more often
than not, the more so the further the rating is from the middle. Some say it by the opposite word
and "not": a bag of words is misled there, a bag of pairs of words is not. Genres please unequally.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from data_scripts.ragged import Ragged
from data_scripts.tokens import SHIFT, SPECIAL, START
from data_scripts.twins import film_words as film
from data_scripts.twins.film_sentences import KINDS
from data_scripts.twins.grammar import MARKS, TIGHT, Grammar
from data_scripts.twins.misspelling import misspelt
from data_scripts.twins.names import FIRST, places, surnames
from data_scripts.twins.word_lists import listed

# Reviews are written in blocks, each with a seed of its own: the first thousand are the same
# however many are wanted, which keeps the twin of the raw texts in step.
BLOCK = 1000
SPLITS = ("train", "test")

# The ratings of the real reviews and their shares, bad and good; nobody in the set gives 5 or 6.
RATINGS = (((1, 2, 3, 4), (0.41, 0.18, 0.2, 0.21)), ((10, 9, 8, 7), (0.38, 0.18, 0.24, 0.2)))
# How often a sentence judges in the direction of the rating, by its distance from 5.5 and a half.
# Set, with the shares of judgements and denials, so that a linear model on words is right as often
# as on IMDB, and pairs of words gain as much.
AGREEMENT = np.array([0.0, 0.72, 0.8, 0.88, 0.92])
# Writers differ in how clear they are.
SPREAD = 0.12
# Lengths are log-normal, in sentences.
SENTENCES = (3.05, 0.62)
# Names are many and none is in every other review.
HEADS = {"last": 1500.0, "place": 500.0, "first": 20.0, "judged": 12.0}
MIXTURE = {
    "plot": 0.35,
    "people": 0.09,
    "judge": 0.22,
    "denial": 0.016,
    "turn": 0.04,
    "detail": 0.1,
    "aside": 0.12,
    "break": 0.05,
}
CLOSING = 0.75
MISSPELLING = 0.012


@dataclass(frozen=True, slots=True)
class Block:
    """Some reviews: entries and marks of all their words, words of each sentence, and the rest."""

    entries: np.ndarray
    marks: np.ndarray
    sentences: np.ndarray
    offsets: np.ndarray
    ratings: np.ndarray

    @property
    def labels(self) -> np.ndarray:
        """1 for a good rating, 0 for a bad one, int64."""
        return (self.ratings > 5).astype(np.int64)


def make(rows: Mapping[str, int], seed: int) -> dict[str, dict[str, np.ndarray]]:
    """Make the twin of IMDB.

    Parameters
    ----------
    rows : mapping of str to int
        Reviews wanted of "train" and of "test".
    seed : int
        The same seed gives the same reviews.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        By split, "ids_flat" int32 and "ids_offsets" int64 and "y" int64, 0 or 1; "shared" has
        "words_flat" and "words_offsets", the word that each id stands for. Ids count words by
        frequency, from 4 on; 1 begins each review.
    """
    written = {split: list(blocks(split, rows[split], seed)) for split in rows}
    spelt, words = vocabulary()
    counts = sum(
        np.bincount(spelt[block.entries], minlength=len(words))
        for split in rows
        for block in written[split]
    )
    order = np.argsort(-counts, kind="stable")
    ids = np.empty(len(words), dtype=np.int32)
    ids[order] = np.arange(len(words), dtype=np.int32) + SHIFT + 1
    ids = ids[spelt]
    splits = {split: _numbered(written[split], ids) for split in rows}
    used = [words[place] for place in order[: int((counts > 0).sum())]]
    shared = Ragged.of_texts([*SPECIAL, *used])
    splits["shared"] = {"words_flat": shared.flat, "words_offsets": shared.offsets}
    return splits


def _numbered(written: list[Block], ids: np.ndarray) -> dict[str, np.ndarray]:
    lengths = np.concatenate([np.diff(block.offsets) for block in written])
    offsets = np.concatenate([[0], np.cumsum(lengths + 1)])
    flat = np.full(offsets[-1], START, dtype=np.int32)
    inside = np.ones(len(flat), dtype=bool)
    inside[offsets[:-1]] = False
    flat[inside] = ids[np.concatenate([block.entries for block in written])]
    labels = np.concatenate([block.labels for block in written])
    return {"ids_flat": flat, "ids_offsets": offsets, "y": labels}


def blocks(split: str, count: int, seed: int) -> Iterator[Block]:
    """Write the first `count` reviews of a split, block by block."""
    for number in range(-(-count // BLOCK)):
        rng = np.random.default_rng([seed, SPLITS.index(split), number])
        block = _block(rng)
        left = count - number * BLOCK
        yield block if left >= BLOCK else _cut(block, left)


@cache
def vocabulary() -> tuple[np.ndarray, list[str]]:
    """Give for each entry (misspelt ones included) its place in the list of different words."""
    _, entries = _misspellings()
    words = list(dict.fromkeys(entries))
    place = {word: number for number, word in enumerate(words)}
    return np.array([place[word] for word in entries], dtype=np.int32), words


def text(block: Block) -> Iterator[str]:
    """Write out each review of a block with capitals, punctuation and line breaks."""
    _, entries = _misspellings()
    capital = _capital()
    begins = np.zeros(len(block.entries) + 1, dtype=bool)
    begins[np.concatenate([[0], np.cumsum(block.sentences)])] = True
    words = [
        "<br />"
        if entries[entry] == "br"
        else (entries[entry].capitalize() if first or capital[entry] else entries[entry])
        + MARKS[mark]
        + ("" if MARKS[mark] in TIGHT else " ")
        for entry, mark, first in zip(
            block.entries.tolist(), block.marks.tolist(), begins.tolist(), strict=False
        )
    ]
    for start, end in zip(block.offsets[:-1].tolist(), block.offsets[1:].tolist(), strict=True):
        yield "".join(words[start:end]).replace(" <br />", "<br />").strip()


@cache
def grammar() -> Grammar:
    """Give the grammar of reviews."""
    genres = film.GENRES.values()
    persons, things, deeds = ([genre[part].split() for genre in genres] for part in (1, 2, 3))
    classes = {
        "first": FIRST,
        "last": surnames(),
        "place": places(),
        "title1": film.TITLES[0],
        "title2": film.TITLES[1],
        "judged": film.JUDGED,
        "verdict": film.VERDICT,
        "liked": film.LIKED,
        "manner": film.MANNER,
        "effect": film.EFFECT,
        "detail": film.DETAIL,
        "part": film.PARTS,
        "role": film.ROLES,
        "relative": film.RELATIVES,
        "seen": film.PLACES_SEEN,
        "when": film.TIMES,
        "trait": film.ADJECTIVES,
        "person": persons,
        "thing": things,
        "deed": deeds,
        "genre": [[name] for name in film.GENRES],
        "year": [str(year) for year in range(2006, 1929, -1)],
        "number": listed("""two three four five six ten seven nine twelve 90 100 80 20 30 50"""),
        "score": [list("1234"), ["10", "9", "8", "7"]],
    }
    return Grammar(classes, KINDS, HEADS)


@cache
def _capital() -> np.ndarray:
    """Tell for each entry whether it is a name and begins with a capital."""
    plan, entries = grammar(), _misspellings()[1]
    capital = np.array([word == "i" for word in entries])
    capital[: plan.first["judged"]] = True
    return capital


@cache
def _misspellings() -> tuple[np.ndarray, list[str]]:
    plan = grammar()
    names = range(plan.first["title1"])
    return misspelt(plan.words, set(names))


def _block(rng: np.random.Generator) -> Block:
    label = rng.permutation(np.arange(BLOCK) % 2)
    rating = _ratings(rng, label)
    genre = _genres(rng, label)
    count = np.maximum(3, np.rint(rng.lognormal(*SENTENCES, BLOCK))).astype(np.int64)
    document = np.repeat(np.arange(BLOCK), count)
    kind = _kinds(rng, count)
    clear = AGREEMENT[np.ceil(np.abs(rating - 5.5)).astype(int) - 1]
    clear = np.clip(clear + SPREAD * rng.standard_normal(BLOCK), 0.05, 0.97)
    agrees = rng.random(len(document)) < clear[document]
    tone = np.where(agrees, label[document], 1 - label[document]).astype(np.int32)
    plan = grammar()
    written = plan.write(rng, kind, document, tone, genre[document].astype(np.int32))
    entries = written.entries
    table, _ = _misspellings()
    slips = np.flatnonzero(rng.random(len(entries)) < MISSPELLING)
    entries[slips] = table[entries[slips], rng.integers(table.shape[1], size=len(slips))]
    ends = np.cumsum(written.lengths)[np.cumsum(count) - 1]
    return Block(entries, written.marks, written.lengths, np.concatenate([[0], ends]), rating)


def _ratings(rng: np.random.Generator, label: np.ndarray) -> np.ndarray:
    drawn = [rng.choice(values, len(label), p=shares) for values, shares in RATINGS]
    return np.where(label == 1, drawn[1], drawn[0])


def _genres(rng: np.random.Generator, label: np.ndarray) -> np.ndarray:
    please = np.array([genre[0] for genre in film.GENRES.values()])
    share = rng.random(len(label))
    bounds = np.cumsum(np.stack([1 - please, please]), axis=1)
    bounds /= bounds[:, -1:]
    return (share[:, None] >= bounds[label]).sum(axis=1)


def _kinds(rng: np.random.Generator, count: np.ndarray) -> np.ndarray:
    numbers = {name: number for number, name in enumerate(KINDS)}
    shares = np.cumsum(list(MIXTURE.values()))
    drawn = np.searchsorted(shares / shares[-1], rng.random(int(count.sum())), side="right")
    kind = np.array([numbers[name] for name in MIXTURE])[drawn]
    last = np.cumsum(count) - 1
    kind[last - count + 1] = numbers["open"]
    closing = rng.random(len(count)) < CLOSING
    # A review does not end with a line break.
    kind[last] = np.where(closing, numbers["close"], numbers["aside"])
    return kind


def _cut(block: Block, count: int) -> Block:
    words = int(block.offsets[count])
    sentences = block.sentences[: int(np.searchsorted(np.cumsum(block.sentences), words)) + 1]
    return Block(
        block.entries[:words],
        block.marks[:words],
        sentences,
        block.offsets[: count + 1],
        block.ratings[:count],
    )
