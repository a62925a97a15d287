"""Write sentences by templates, millions of words in seconds: every step is one array operation.

A template is a line of words with slots, `"the {part} was [really|so|] {judged+}."`:

* `{part}` takes a word of the class "part"; words early in a class's list are the frequent ones,
  about as Zipf's law has it.
* `{judged+}` takes it from the variant of the class that the sentence's tone names, `{judged-}`
  from the opposite one (tones are 0 and 1).
* `{matter@}` takes it from the variant that the sentence's subject names.
* `{first~}` takes the same word each time in a document that the sentence is about the same person;
  `{first~2}` is another person of that document.
* `[a|b|]` offers alternatives; a template with several is as likely as one with none.
* "a" becomes "an" before a vowel.
* A punctuation mark at the end of a word is kept for the text and is no part of the word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

MARKS = ("", ".", ",", "!", "?", ":", ";", "...", "/", "-")
# After these no space follows.
TIGHT = ("/", "-")
# How many different people (or firms, or places) a document keeps returning to.
STICKY = 4
# A class's first words have about equal chances, so that none is in every sentence.
HEAD = 5.0

_SLOT = re.compile(r"\{(\w+)([+\-@]?)(?:(~)(\d?))?\}")
_CHOICE = re.compile(r"\[([^\]]*)\]")
# Begin with a vowel for the eye only.
_SAID_YOU = ("uni", "use", "eu", "one")
_PLAIN, _SAME, _OPPOSITE, _SUBJECT = range(4)
_VARIANT = {"": _PLAIN, "+": _SAME, "-": _OPPOSITE, "@": _SUBJECT}
Words = Sequence[str]


@dataclass(frozen=True, slots=True)
class Written:
    """What `Grammar.write` gives.

    Attributes
    ----------
    entries : np.ndarray
        int32, one entry of `Grammar.words` a word of the text.
    marks : np.ndarray
        int8, the punctuation mark after each word, an index of `MARKS`.
    lengths : np.ndarray
        int64, words of each sentence.
    """

    entries: np.ndarray
    marks: np.ndarray
    lengths: np.ndarray


class Grammar:
    """Word classes and templates, prepared for writing.

    Parameters
    ----------
    classes : mapping of str to words, or to a sequence of words for each variant
        The word classes.
    kinds : mapping of str to sequence of str
        Templates of each kind of sentence. A kind's number is its place in the mapping.
    heads : mapping of str to float, optional
        For a class how many of its first words are about equally frequent, where not `HEAD`.

    Attributes
    ----------
    words : list of str
        All entries. A word that is in two classes has two.
    first : dict of str to int
        Entry at which each class (or its first variant) begins; literal words have no name here.
    """

    def __init__(
        self,
        classes: Mapping[str, Words | Sequence[Words]],
        kinds: Mapping[str, Sequence[str]],
        heads: Mapping[str, float] | None = None,
    ) -> None:
        self.words: list[str] = []
        self.first: dict[str, int] = {}
        self._starts: list[int] = []
        self._sizes: list[int] = []
        self._heads: list[float] = []
        self._numbers: dict[str, int] = {}
        for name, words in classes.items():
            variants = [words] if isinstance(words[0], str) else words
            self._numbers[name] = len(self._starts)
            self.first[name] = len(self.words)
            for variant in variants:
                self._add(variant, (heads or {}).get(name, HEAD))
        a, an = (self._starts[self._literal(word)] for word in ("a", "an"))
        self._article, self._before_vowel = a, an
        self._prepare(kinds)
        self._chances = np.concatenate(
            [
                number + _cumulative(size, head)
                for number, (size, head) in enumerate(zip(self._sizes, self._heads, strict=True))
            ]
        )
        self._lasts = np.array(self._starts) + np.array(self._sizes) - 1
        self._vowel = np.array(
            [word[0] in "aeiou" and not word.startswith(_SAID_YOU) for word in self.words]
        )

    def _add(self, words: Words, head: float) -> int:
        self._starts.append(len(self.words))
        self._sizes.append(len(words))
        self._heads.append(head)
        self.words.extend(words)
        return len(self._starts) - 1

    def _prepare(self, kinds: Mapping[str, Sequence[str]]) -> None:
        slots: list[tuple[int, int, int, int]] = []
        begins, lengths, weights, pools = [], [], [], []
        for templates in kinds.values():
            pools.append(len(begins))
            for template in templates:
                forms = _forms(template)
                for form in forms:
                    begins.append(len(slots))
                    slots.extend(self._slot(token) for token in form.split())
                    lengths.append(len(slots) - begins[-1])
                    weights.append(1 / len(forms))
        self._class, self._variant, self._person, self._mark = np.array(slots, dtype=np.int32).T
        self._begins, self._lengths = np.array(begins), np.array(lengths)
        self._weights = np.array(weights)
        self._pools = [*pools, len(begins)]

    def _slot(self, token: str) -> tuple[int, int, int, int]:
        """Give a token's class, how its variant is chosen, its person (-1: none) and its mark."""
        mark = max((mark for mark in MARKS if token.endswith(mark)), key=len)
        token = token.removesuffix(mark) if mark else token
        match = _SLOT.fullmatch(token)
        if match is None:
            return self._literal(token), _PLAIN, -1, MARKS.index(mark)
        name, variant, sticky, person = match.groups()
        number = (int(person or 1) - 1) if sticky else -1
        return self._numbers[name], _VARIANT[variant], number, MARKS.index(mark)

    def _literal(self, word: str) -> int:
        name = f"={word}"
        if name not in self._numbers:
            self._numbers[name] = self._add([word], HEAD)
        return self._numbers[name]

    def literals(self) -> list[str]:
        """Give the words that stand in the templates themselves."""
        return [name[1:] for name in self._numbers if name.startswith("=")]

    def write(
        self,
        rng: np.random.Generator,
        kinds: np.ndarray,
        documents: np.ndarray,
        tones: np.ndarray | None = None,
        subjects: np.ndarray | None = None,
    ) -> Written:
        """Write one sentence for each element of the arrays.

        Parameters
        ----------
        rng : np.random.Generator
            The source of chance.
        kinds, documents : np.ndarray
            Integers: the kind of each sentence, and the document that it is in (0, 0, 1, ...).
        tones, subjects : np.ndarray, optional
            Integers that choose variants; all 0 if left out.

        Returns
        -------
        Written
        """
        count = len(kinds)
        templates = self._choose(rng, kinds)
        lengths = self._lengths[templates]
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if count else 0
        sentence = np.repeat(np.arange(count, dtype=np.int32), lengths)
        slots = np.arange(total) + np.repeat(self._begins[templates] - (ends - lengths), lengths)
        tones = np.zeros(count, dtype=np.int32) if tones is None else tones
        subjects = np.zeros(count, dtype=np.int32) if subjects is None else subjects
        variants = np.stack([np.zeros_like(tones), tones, 1 - tones, subjects], axis=1)
        classes = self._class[slots]
        varied = np.flatnonzero(self._variant[slots])
        classes[varied] += variants[sentence[varied], self._variant[slots[varied]]]
        chance = rng.random(total, dtype=np.float32)
        self._stick(rng, chance, slots, sentence, documents)
        return Written(
            self._draw(classes, chance), self._mark[slots].astype(np.int8), lengths.astype(np.int64)
        )

    def _choose(self, rng: np.random.Generator, kinds: np.ndarray) -> np.ndarray:
        templates = np.empty(len(kinds), dtype=np.int64)
        share = rng.random(len(kinds))
        for kind, (begin, end) in enumerate(zip(self._pools, self._pools[1:], strict=False)):
            here = np.flatnonzero(kinds == kind)
            bounds = np.cumsum(self._weights[begin:end])
            chosen = np.searchsorted(bounds, share[here] * bounds[-1], side="right")
            templates[here] = begin + np.minimum(chosen, end - begin - 1)
        return templates

    def _stick(
        self,
        rng: np.random.Generator,
        chance: np.ndarray,
        slots: np.ndarray,
        sentence: np.ndarray,
        documents: np.ndarray,
    ) -> None:
        """Give slots of the same person in the same document the same chance."""
        last = int(documents[-1]) + 1 if len(documents) else 0
        own = rng.random((last, STICKY), dtype=np.float32)
        # Whom a sentence is about: most often the first person of the document.
        about = (STICKY * rng.random(len(documents)) ** 2).astype(np.int64)
        person = self._person[slots]
        sticky = np.flatnonzero(person >= 0)
        at = sentence[sticky]
        chance[sticky] = own[documents[at], (about[at] + person[sticky]) % STICKY]

    def _draw(self, classes: np.ndarray, chance: np.ndarray) -> np.ndarray:
        starts = np.array(self._starts, np.int32)
        entries = starts[classes]
        several = np.flatnonzero(np.array(self._sizes)[classes] > 1)
        # All classes' cumulative chances in one rising list, class n's between n and n + 1: one
        # search serves every word. Only divisions and sums, so that each machine finds the same.
        at = classes[several]
        keys = at + chance[several].astype(np.float64)
        entries[several] = np.minimum(
            np.searchsorted(self._chances, keys, side="right"), self._lasts[at]
        )
        article = np.flatnonzero(entries[:-1] == self._article)
        entries[article[self._vowel[entries[article + 1]]]] = self._before_vowel
        return entries


def _forms(template: str) -> list[str]:
    """Write a template out in all its alternatives."""
    pieces = _CHOICE.split(template)
    choices = [piece.split("|") if odd % 2 else [piece] for odd, piece in enumerate(pieces)]
    return ["".join(form) for form in product(*choices)]


def _cumulative(size: int, head: float) -> np.ndarray:
    """Give P(rank <= r) where rank r has a chance proportional to 1 / (r + head)."""
    total = np.cumsum(1 / (np.arange(size) + head))
    return total / total[-1]
