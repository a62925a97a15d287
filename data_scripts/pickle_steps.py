"""Step through the pickle of a NumPy array of lists of whole numbers, without unpickling it.

A pickle is a program for a machine with a stack and a memory for values. This one knows the few
instructions that build lists of whole numbers and an array around them, makes nothing but such
lists, calls nothing, and refuses the program at the first instruction that it does not know.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import Any, NoReturn

import numpy as np

from data_scripts.errors import BadFile
from data_scripts.ragged import Ragged

# IMDB's larger half has 5.9 million numbers.
LIMIT_NUMBERS = 64 << 20
# A stream nests its values three or four deep; a batch of a list has 1000.
_LIMIT_STACK = 1 << 20

_RECONSTRUCT, _NDARRAY, _DTYPE = "the maker of arrays", "the class of arrays", "the class of types"
_NAMES = {
    "numpy.core.multiarray _reconstruct": _RECONSTRUCT,
    "numpy._core.multiarray _reconstruct": _RECONSTRUCT,
    "numpy ndarray": _NDARRAY,
    "numpy dtype": _DTYPE,
}


def lists_in(stream: bytes) -> Ragged:
    """Read the pickle of a NumPy array of lists of whole numbers.

    Raises
    ------
    BadFile
        If the stream is cut off, too large, or has anything else in it.
    """
    try:
        return _Reader(stream).result()
    except IndexError as error:
        raise BadFile("It is cut off, or no pickle of an array of lists.") from error
    except OverflowError as error:
        raise BadFile("It has a number that does not fit into 32 bits.") from error


class _List:
    """A list that the stream builds: whole numbers, or lists of whole numbers."""

    __slots__ = ("lists", "numbers")

    def __init__(self) -> None:
        self.numbers = array("i")
        self.lists: list[_List] = []

    def extend(self, items: list[Any]) -> None:
        if all(type(item) is int for item in items):
            self.numbers.extend(items)
        elif all(type(item) is _List and not item.lists and item is not self for item in items):
            self.lists.extend(items)
        else:
            _refuse("It has a list of something else than whole numbers.")


class _Type:
    """The type of an array, of which only "Python objects" is allowed."""


class _Array:
    """The array that the stream builds."""

    rows: _List | None = None


# Neither true nor false is a whole number here.
_FALSE, _TRUE = object(), object()


class _Reader:
    """Steps through one stream."""

    def __init__(self, stream: bytes) -> None:
        self._stream = stream
        self._at = 0
        self._stack: list[Any] = []
        self._marks: list[int] = []
        self._memo: dict[int, Any] = {}
        self._steps: dict[int, Callable[[], None]] = {
            ord(letter): step for letter, step in self._table().items()
        }

    def _table(self) -> dict[str, Callable[[], None]]:
        push = self._push
        return {
            "\x80": lambda: self._skip(1),  # version of the protocol
            "\x95": lambda: self._skip(8),  # length of a frame
            "N": lambda: push(None),
            "\x88": lambda: push(_TRUE),
            "\x89": lambda: push(_FALSE),
            "c": lambda: self._name(self._line(), self._line()),
            "\x93": self._stacked_name,
            "U": lambda: push(self._text(1, "latin-1")),
            "C": lambda: push(self._text(1, "latin-1")),
            "\x8c": lambda: push(self._text(1, "utf-8")),
            "X": lambda: push(self._text(4, "utf-8")),
            "(": lambda: self._marks.append(len(self._stack)),
            ")": lambda: push(()),
            "\x85": lambda: self._tuple(1),
            "\x86": lambda: self._tuple(2),
            "\x87": lambda: self._tuple(3),
            "t": lambda: push(tuple(self._since_mark())),
            "]": lambda: push(_List()),
            "a": self._append,
            "e": self._append_all,
            "q": lambda: self._keep(self._number(1)),
            "r": lambda: self._keep(self._number(4)),
            "\x94": lambda: self._keep(len(self._memo)),
            "h": lambda: push(self._kept(self._number(1))),
            "j": lambda: push(self._kept(self._number(4))),
            "R": self._call,
            "b": self._build,
        }

    def result(self) -> Ragged:
        """Step through to the end and give what was built."""
        self._run()
        (built,) = self._stack if len(self._stack) == 1 and not self._marks else (None,)
        if self._at != len(self._stream) or not isinstance(built, _Array) or built.rows is None:
            _refuse("It is not the pickle of one array.")
        lists = built.rows.lists
        if any(one.lists for one in lists):
            _refuse("It has lists within lists within lists.")
        # The same list may stand in it many times.
        lengths = [len(one.numbers) for one in lists]
        if sum(lengths) > LIMIT_NUMBERS:
            _refuse(f"It has more than {LIMIT_NUMBERS:,} numbers.")
        offsets = np.zeros(len(lists) + 1, np.int64)
        np.cumsum(lengths, out=offsets[1:])
        flat = np.empty(offsets[-1], np.int32)
        for first, one in zip(offsets.tolist(), lists, strict=False):
            flat[first : first + len(one.numbers)] = one.numbers
        return Ragged(flat, offsets)

    def _run(self) -> None:
        # Nearly all of a stream is numbers of one, two or four bytes: these do not take the way
        # through the table.
        stream, stack, steps = self._stream, self._stack, self._steps
        one, two, four, stop = b"KMJ."
        at = 0
        while True:
            code = stream[at]
            if code == one:
                stack.append(stream[at + 1])
                at += 2
            elif code == two:
                stack.append(stream[at + 1] | stream[at + 2] << 8)
                at += 3
            elif code == four:
                stack.append(int.from_bytes(stream[at + 1 : at + 5], "little", signed=True))
                at += 5
            elif code == stop:
                self._at = at + 1
                return
            else:
                step = steps.get(code)
                if step is None:
                    _refuse(f"Its instruction {bytes([code])!r} builds no list of whole numbers.")
                self._at = at + 1
                step()
                at = self._at

    def _push(self, value: Any) -> None:
        if len(self._stack) > _LIMIT_STACK or len(self._marks) > _LIMIT_STACK:
            _refuse("It piles up too many values.")
        self._stack.append(value)

    def _skip(self, count: int) -> bytes:
        content = self._stream[self._at : self._at + count]
        if len(content) != count:
            raise IndexError
        self._at += count
        return content

    def _number(self, size: int) -> int:
        return int.from_bytes(self._skip(size), "little")

    def _text(self, size: int, encoding: str) -> str:
        length = self._number(size)
        if length > 100:
            _refuse("It has a long text.")
        try:
            return self._skip(length).decode(encoding)
        except UnicodeDecodeError:
            _refuse("It has a text that cannot be read.")

    def _line(self) -> str:
        end = self._stream.find(b"\n", self._at, self._at + 100)
        if end < 0:
            _refuse("It has a long name.")
        line = self._skip(end - self._at).decode("latin-1")
        self._skip(1)
        return line

    def _stacked_name(self) -> None:
        name, module = self._stack.pop(), self._stack.pop()
        self._name(str(module), str(name))

    def _name(self, module: str, name: str) -> None:
        meaning = _NAMES.get(f"{module} {name}")
        if meaning is None:
            _refuse(f"It names {f'{module}.{name}'[:100]!r}, which no list of numbers needs.")
        # A stand-in of our own: the thing of that name is never touched.
        self._push((_NAMES, meaning))

    def _since_mark(self) -> list[Any]:
        first = self._marks.pop()
        if first > len(self._stack):
            raise IndexError
        items = self._stack[first:]
        del self._stack[first:]
        return items

    def _tuple(self, count: int) -> None:
        if len(self._stack) < count:
            raise IndexError
        items = tuple(self._stack[-count:])
        del self._stack[-count:]
        self._push(items)

    def _append(self) -> None:
        item = self._stack.pop()
        self._top(_List).extend([item])

    def _append_all(self) -> None:
        items = self._since_mark()
        self._top(_List).extend(items)

    def _top(self, kind: type) -> Any:
        if type(self._stack[-1]) is not kind:
            _refuse("It adds to something that is no list.")
        return self._stack[-1]

    def _keep(self, number: int) -> None:
        self._memo[number] = self._stack[-1]

    def _kept(self, number: int) -> Any:
        if number not in self._memo:
            _refuse("It refers to a value that it has not kept.")
        return self._memo[number]

    def _call(self) -> None:
        arguments, maker = self._stack.pop(), self._stack.pop()
        if maker == (_NAMES, _RECONSTRUCT) and arguments == ((_NAMES, _NDARRAY), (0,), "b"):
            self._push(_Array())
        elif maker == (_NAMES, _DTYPE) and arguments in (("O8", 0, 1), ("O8", _FALSE, _TRUE)):
            self._push(_Type())
        else:
            _refuse("It makes something else than an array of objects.")

    def _build(self) -> None:
        state, target = self._stack.pop(), self._stack[-1]
        if type(target) is _Type:
            # Byte order, alignment and the like, which objects do not have.
            return
        if type(target) is not _Array or type(state) is not tuple or len(state) != 5:
            _refuse("It gives a state to something that has none.")
        version, shape, kind, in_columns, rows = state
        if (
            version != 1
            or type(kind) is not _Type
            or in_columns is not _FALSE
            or type(rows) is not _List
            or rows.numbers
            or shape != (len(rows.lists),)
        ):
            _refuse("It is no array of lists, or not of the stated length.")
        target.rows = rows


def _refuse(reason: str) -> NoReturn:
    raise BadFile(reason)
