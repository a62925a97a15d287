"""Texts as whole numbers, as Keras has them: a word's id is its rank by frequency, plus three.

Ids 0 to 3 are no words: padding, the start of a text, an unknown word, and one that is never used.
IMDB and Reuters come as such ids, and their twins too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from data_scripts.errors import BadFile
from data_scripts.ragged import Ragged, texts

PADDING, START, UNKNOWN = 0, 1, 2
# A word's id is its rank, counted from 1, plus this.
SHIFT = 3
SPECIAL = ("<padding>", "<start>", "<unknown>", "<unused>")
# Keras shuffles with this seed, by NumPy's old generator, whose stream is frozen for good.
_SEED = 113
_SPACES = str.maketrans(dict.fromkeys('!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n', " "))
_LOWER = str.maketrans({chr(code): chr(code + 32) for code in range(ord("A"), ord("Z") + 1)})


def keras_orders(*counts: int) -> list[np.ndarray]:
    """Give the orders into which Keras' loaders shuffle halves of a set, one after the other."""
    rng = np.random.RandomState(_SEED)
    orders = [np.arange(count) for count in counts]
    for order in orders:
        rng.shuffle(order)
    return orders


def as_keras(ranks: Ragged) -> Ragged:
    """Put the start mark before each text and shift the ranks, as Keras does.

    Parameters
    ----------
    ranks : Ragged
        int32, a word's rank from 1.

    Returns
    -------
    Ragged
        int32 ids.
    """
    offsets = ranks.offsets + np.arange(len(ranks.offsets))
    flat = np.full(offsets[-1], START, dtype=np.int32)
    word = np.ones(len(flat), dtype=bool)
    word[offsets[:-1]] = False
    flat[word] = ranks.flat + SHIFT
    return Ragged(flat, offsets)


def word_list(index: Mapping[str, int], where: object) -> list[str]:
    """Turn Keras' word index into a list in which a word stands at its id.

    Parameters
    ----------
    index : mapping of str to int
        Word -> rank, from 1.
    where : object
        Where it came from, for messages.

    Raises
    ------
    BadFile
        If the ranks are not 1, 2, 3, and so on.
    """
    words = [*SPECIAL, *([""] * len(index))]
    for word, rank in index.items():
        if type(rank) is not int or not 1 <= rank <= len(index) or words[rank + SHIFT]:
            raise BadFile(f"{where}: word {word[:50]!r} has the rank {rank!r:.50}, or shares one.")
        words[rank + SHIFT] = word
    return words


def words_of(shared: Mapping[str, np.ndarray]) -> list[str]:
    """Give a set's words from its shared arrays: the word of an id stands at that place.

    Examples
    --------
    >>> words_of(Ragged.of_texts([*SPECIAL, "the", "film"]).arrays("words"))[4:]
    ['the', 'film']
    """
    return texts(Ragged.among(shared, "words"))


def index_of(words: Sequence[str]) -> dict[str, int]:
    """Give the id of each word: the list turned round, without the special ids."""
    return {word: number for number, word in enumerate(words) if number > SHIFT}


def decode(ids: Iterable[int], words: Sequence[str], unknown: str = "?") -> str:
    """Write out a text.

    Parameters
    ----------
    ids : iterable of int
        One text's ids. Padding and the start mark are left out.
    words : sequence of str
        From `words_of`.
    unknown : str
        What stands for an unknown word.

    Examples
    --------
    >>> decode([1, 4, 2, 5], [*SPECIAL, "the", "film"])
    'the ? film'
    """
    return " ".join(
        words[number] if SHIFT < number < len(words) else unknown
        for number in ids
        if number not in (PADDING, START)
    )


def encode(text: str, index: Mapping[str, int]) -> np.ndarray:
    """Turn a text into ids, as IMDB's ids were made from its texts.

    Parameters
    ----------
    text : str
        The text as it was written.
    index : mapping of str to int
        From `index_of`.

    Returns
    -------
    np.ndarray
        int32; the start mark, then the words that the index has. Others are left out.

    Examples
    --------
    >>> encode("The FILM...", {"the": 4, "film": 5}).tolist()
    [1, 4, 5]
    """
    known = (index.get(word) for word in text.translate(_LOWER).translate(_SPACES).split(" "))
    return np.array([START, *(number for number in known if number is not None)], dtype=np.int32)


def most_frequent(ids: Ragged, num_words: int) -> Ragged:
    """Keep the most frequent words, as ``num_words`` of Keras' loaders does.

    Parameters
    ----------
    ids : Ragged
        Texts.
    num_words : int
        Ids from this one on become that of an unknown word; so there are ``num_words - 4`` words.

    Examples
    --------
    >>> most_frequent(Ragged.of([[1, 4, 90]], np.int32), 10)[0].tolist()
    [1, 4, 2]
    """
    return Ragged(
        np.where(ids.flat < num_words, ids.flat, ids.flat.dtype.type(UNKNOWN)), ids.offsets
    )
