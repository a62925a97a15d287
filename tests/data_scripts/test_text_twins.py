"""Tests of the twins of texts: their form, their sense, and what a simple model makes of them."""

from __future__ import annotations

import re

import numpy as np
import pytest
from scipy import sparse
from sklearn.naive_bayes import BernoulliNB

from data_scripts import glove, imdb_text, nietzsche, reuters, tokens
from data_scripts.ragged import Ragged, row_count
from data_scripts.twins import (
    film_words,
    newswires,
    prose,
    review_texts,
    reviews,
    word_vectors,
)

ROWS = {"train": 3000, "test": 1500}
MAKERS = {
    "reviews": (reviews, ROWS),
    "review_texts": (review_texts, ROWS),
    "newswires": (newswires, ROWS),
    "prose": (prose, {"series": 20_000}),
    "word_vectors": (word_vectors, {"series": 2000}),
}


@pytest.fixture(scope="module")
def made() -> dict[str, dict]:
    """Give what each generator makes of a small wish."""
    return {name: maker.make(rows, seed=5) for name, (maker, rows) in MAKERS.items()}


@pytest.mark.parametrize("name", MAKERS)
def test_rows_are_those_wanted(made: dict[str, dict], name: str) -> None:
    """Has each split the rows that were wanted, in arrays without objects?"""
    for split, count in MAKERS[name][1].items():
        assert row_count(made[name][split]) == count


@pytest.mark.parametrize("name", MAKERS)
def test_same_seed_same_twin(made: dict[str, dict], name: str) -> None:
    """Does a seed fix every number, and another one change them?"""
    maker, rows = MAKERS[name]
    again, other = (maker.make(rows, seed=seed) for seed in (5, 6))
    for split in made[name]:
        for key, array in made[name][split].items():
            np.testing.assert_array_equal(again[split][key], array)
    split = next(iter(rows))
    assert any(
        not np.array_equal(other[split][key], array) for key, array in made[name][split].items()
    )


@pytest.mark.parametrize("name", ["reviews", "newswires"])
def test_ids_are_ranks(made: dict[str, dict], name: str) -> None:
    """Are ids int32, has each a word, begins each text with 1, and is a low id a frequent word?"""
    words = tokens.words_of(made[name]["shared"])
    assert words[:4] == list(tokens.SPECIAL)
    assert len(words) == len(set(words))
    halves = [Ragged.among(made[name][split], "ids") for split in ROWS]
    flat = np.concatenate([half.flat for half in halves])
    assert flat.dtype == np.int32
    assert all((half.flat[half.offsets[:-1]] == tokens.START).all() for half in halves)
    counts = np.bincount(flat)
    assert len(counts) == len(words)
    assert counts[[0, 2, 3]].sum() == 0
    assert (np.diff(counts[4:]) <= 0).all()
    assert counts[4:].min() > 0


def test_reviews_are_balanced_and_of_the_known_length(made: dict[str, dict]) -> None:
    """Are half of the reviews favorable, and is their length about that of the real ones?"""
    for split in ROWS:
        ids, y = Ragged.among(made["reviews"][split], "ids"), made["reviews"][split]["y"]
        assert y.dtype == np.int64
        assert y.mean() == pytest.approx(0.5, abs=0.01)
        assert 215 < ids.lengths.mean() < 260
        assert np.quantile(ids.lengths, 0.95) > 3 * np.median(ids.lengths) - 150


def test_more_rows_begin_with_the_same_reviews() -> None:
    """Are the first reviews the same texts however many are wanted, cut within a block too?"""
    few, many = (review_texts.make({"test": count}, seed=5)["test"] for count in (1200, 2500))
    texts = [imdb_text.present("test", split).text for split in (few, many)]
    assert texts[0] == texts[1][:1200]
    np.testing.assert_array_equal(few["rating"], many["rating"][:1200])


def test_texts_and_ids_are_the_same_reviews(made: dict[str, dict]) -> None:
    """Does IMDB's way of splitting text i give the ids of review i?"""
    index = tokens.index_of(tokens.words_of(made["reviews"]["shared"]))
    for split in ROWS:
        text, y, rating = imdb_text.present(split, made["review_texts"][split])
        np.testing.assert_array_equal(y, made["reviews"][split]["y"])
        np.testing.assert_array_equal(y, rating > 5)
        assert not set(rating) & {5, 6}
        ids = Ragged.among(made["reviews"][split], "ids")
        for review, expected in zip(text[:300], ids, strict=False):
            np.testing.assert_array_equal(tokens.encode(review, index), expected)


def test_texts_look_like_texts(made: dict[str, dict]) -> None:
    """Do sentences begin with a capital, end with a mark, and have "an" before vowels?"""
    text = imdb_text.present("train", made["review_texts"]["train"]).text
    assert any("<br /><br />" in review for review in text)
    for review in text:
        assert review[0].isupper() or review[0].isdigit()
        assert not re.search(r"  |\s[.,!?]|<br /> |\{|\[|\bi\b", review)
        assert not re.search(r"\b[Aa] [aeio][a-z]{3}", review.replace("a one", ""))


def _bag(ids: Ragged, columns: int) -> sparse.csr_matrix:
    # A copy: to sum duplicates would sort the ids of each review in place.
    parts = (np.ones(len(ids.flat)), ids.flat, ids.offsets)
    bag = sparse.csr_matrix(parts, shape=(len(ids), columns), copy=True)
    bag.sum_duplicates()
    bag.data[:] = 1
    # The first four ids are no words.
    return bag[:, 4:]


def test_words_tell_the_sentiment_and_negation_turns_it(made: dict[str, dict]) -> None:
    """Does a bag of words do well, far from perfectly, and does "not good" mean bad?"""
    train, test = (made["reviews"][split] for split in ROWS)
    words = tokens.words_of(made["reviews"]["shared"])
    bags = [_bag(Ragged.among(split, "ids"), len(words)) for split in (train, test)]
    score = BernoulliNB().fit(bags[0], train["y"]).score(bags[1], test["y"])
    assert 0.72 < score < 0.9
    index = tokens.index_of(words)
    ids, y = Ragged.among(train, "ids"), train["y"]
    review = np.repeat(np.arange(len(ids)), ids.lengths)
    # Words such as "rich" judge here and tell of a person there.
    praise = set(film_words.JUDGED[1]) - set(film_words.ADJECTIVES)
    good = np.isin(ids.flat, [index[word] for word in praise if word in index])
    after_not = good & (np.roll(ids.flat, 1) == index["not"])
    assert y[review[good & ~after_not]].mean() > 0.65
    assert y[review[after_not]].mean() < 0.35


def test_newswires_have_the_real_topics(made: dict[str, dict]) -> None:
    """Are the topics' names Reuters', their shares about the real ones, results shorter?"""
    made_ones = made["newswires"]
    assert made_ones["shared"]["topics"].tolist() == list(reuters.TOPICS)
    y = made_ones["train"]["y"]
    assert y.dtype == np.int64
    shares = np.bincount(y, minlength=46) / len(y)
    assert 0.31 < shares[3] < 0.4
    assert 0.18 < shares[4] < 0.25
    assert np.sort(shares)[:20].max() < 0.01
    lengths = Ragged.among(made_ones["train"], "ids").lengths
    assert np.median(lengths[y == 3]) < np.median(lengths[y == 4]) < np.median(lengths[y == 19])


def test_topics_can_be_told_apart(made: dict[str, dict]) -> None:
    """Do words tell the frequent topics, while the rare ones drown?"""
    train, test = (made["newswires"][split] for split in ROWS)
    size = len(tokens.words_of(made["newswires"]["shared"]))
    bags = [_bag(Ragged.among(split, "ids"), size) for split in (train, test)]
    answer = BernoulliNB(alpha=0.1).fit(bags[0], train["y"]).predict(bags[1])
    assert 0.5 < (answer == test["y"]).mean() < 0.85
    assert len(set(answer)) < len(set(test["y"]))


def test_prose_is_prose(made: dict[str, dict]) -> None:
    """Is the text in lower case, in lines of at most 70 characters, with numbered aphorisms?"""
    text = nietzsche.present("series", made["prose"]["series"])
    assert text == text.lower()
    assert text.startswith("preface\n")
    assert max(map(len, text.splitlines())) <= prose.WIDTH
    assert len(re.findall(r"\n\n\d+\. ", text)) > 5
    assert 25 < len(set(text)) < 60


def test_vectors_agree_with_the_twins(made: dict[str, dict]) -> None:
    """Are good words near good ones, topics near their own, and does queen follow from king?"""
    table = glove.present("series", made["word_vectors"]["series"])
    assert table.matrix.dtype == np.float32
    assert table.matrix.shape == (2000, 50)
    scaled = table.matrix / np.linalg.norm(table.matrix, axis=1, keepdims=True)

    def near(vector: np.ndarray, count: int) -> list[str]:
        return [table.words[row] for row in np.argsort(-scaled @ vector)[:count]]

    bad, good = film_words.JUDGED
    assert set(near(table.vectors(["great"])[0], 8)) <= set(good)
    assert set(near(table.vectors(["boring"])[0], 8)) <= set(bad)
    king, man, woman = table.vectors(["king", "man", "woman"])
    assert "queen" in near(king - man + woman, 2)


def test_too_many_vectors_are_refused() -> None:
    """Is a wish for more words than the twins have an error that says how many there are?"""
    with pytest.raises(ValueError, match="The twins have"):
        word_vectors.make({"series": 400_000}, seed=5)
