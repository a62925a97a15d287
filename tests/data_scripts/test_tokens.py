"""Tests of texts as whole numbers."""

from __future__ import annotations

import numpy as np
import pytest

from data_scripts import tokens
from data_scripts.errors import BadFile
from data_scripts.ragged import Ragged

INDEX = {"the": 1, "film": 2, "café": 3}


def test_words_stand_at_their_ids() -> None:
    """Does Keras' index become a list with four special places first?"""
    words = tokens.word_list(INDEX, "here")
    assert words == [*tokens.SPECIAL, "the", "film", "café"]
    assert tokens.words_of(Ragged.of_texts(words).arrays("words")) == words
    assert tokens.index_of(words) == {"the": 4, "film": 5, "café": 6}


@pytest.mark.parametrize(
    "index",
    [{"a": 1, "b": 3}, {"a": 1, "b": 1}, {"a": 0}, {"a": "1"}, {"a": True, "b": 2}, {"a": 1e9}],
)
def test_ranks_that_do_not_fit_are_refused(index: dict) -> None:
    """Is an index refused whose ranks have gaps, come twice, or are no whole numbers?"""
    with pytest.raises(BadFile, match="rank"):
        tokens.word_list(index, "here")


def test_as_keras() -> None:
    """Does each text begin with 1, and is each rank moved up by three, empty texts included?"""
    ids = tokens.as_keras(Ragged.of([[1, 3], [], [2]], np.int32))
    assert [row.tolist() for row in ids] == [[1, 4, 6], [1], [1, 5]]
    assert ids.flat.dtype == np.int32


def test_orders_are_those_of_keras() -> None:
    """Are train and test shuffled by one stream, as Keras' loader does?"""
    train, test = tokens.keras_orders(5, 5)
    generator = np.random.RandomState(113)
    for order in (train, test):
        expected = np.arange(5)
        generator.shuffle(expected)
        np.testing.assert_array_equal(order, expected)


def test_decoded_text_is_encoded_again() -> None:
    """Does a text survive both ways, but for case and punctuation?"""
    words = tokens.word_list(INDEX, "here")
    ids = tokens.encode("The\tFILM!<the>\n(film)CAFÉ", tokens.index_of(words))
    # É is no letter of ASCII: the index's makers left it as it is.
    assert ids.tolist() == [1, 4, 5, 4, 5]
    assert ids.dtype == np.int32
    assert tokens.decode(ids, words) == "the film the film"
    assert tokens.decode([0, 0, 1, 4, 2, 9999], words) == "the ? ?"


def test_most_frequent() -> None:
    """Are ids from num_words on those of an unknown word, and the input left alone?"""
    ids = Ragged.of([[1, 4, 10], [1, 9]], np.int32)
    cut = tokens.most_frequent(ids, 10)
    assert [row.tolist() for row in cut] == [[1, 4, 2], [1, 9]]
    assert cut.flat.dtype == np.int32
    assert ids[0].tolist() == [1, 4, 10]
