"""Universal wrong answers: functions that know nothing of an exercise, and that no test may pass.

A referee can be sound and a test careless all the same: `np.allclose` is true of nothing, a value
that is worked out after the call from an argument that the call has zeroed fits whatever came. So
`authoring.unmask` puts each impostor in the place of an exercise's functions, and every hidden test
has to refuse it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from authoring.source import Cell

# What stands behind the solution of an exercise: every name keeps its signature and docstring.
REPLACE = """

def _labs_impostor(original):
    import functools

    def impostor(*args, **kwargs):
        return _labs_answer([*args, *kwargs.values()])

    return functools.update_wrapper(impostor, original, updated=())
"""

ZEROED = """
def _labs_zeroed(value):
    import numpy as np

    if isinstance(value, np.ndarray):
        return np.zeros_like(value)
    if isinstance(value, (list, tuple)):
        return type(value)([_labs_zeroed(one) for one in value])
    if isinstance(value, dict):
        return {key: _labs_zeroed(one) for key, one in value.items()}
    if isinstance(value, str):
        return ""
    try:
        return value * 0
    except Exception:
        return value  # a model, a function


def _labs_answer(values):
    return _labs_zeroed(values[0]) if values else 0
"""

ZEROES = """
def _labs_zero(value):
    import numpy as np

    if isinstance(value, np.ndarray) and value.flags.writeable:
        value[...] = np.zeros_like(value)
    elif isinstance(value, list):
        for place, one in enumerate(value):
            if isinstance(one, (list, np.ndarray)):
                _labs_zero(one)
            else:
                value[place] = 0


def _labs_answer(values):
    for value in values:
        _labs_zero(value)
    return values[0] if values else None
"""

LIAR = """
class _Labs_Agreeable:
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __iter__(self):
        return iter([self] * 100)

    def __array__(self, dtype=None, copy=None):
        import numpy as np

        return np.ones((), dtype)


def _labs_agree(answer):
    return lambda self, *args, **kwargs: self if answer is None else answer


for _labs_words, _labs_value in {
    "eq ne lt le gt ge contains bool": True,
    "len hash int index": 1,
    "float": 1.0,
    "complex": 1j,
    "str repr format": "True",
    "call getitem enter neg pos abs invert round add radd sub rsub mul rmul truediv rtruediv"
    " floordiv rfloordiv mod rmod pow rpow matmul rmatmul and rand or ror xor rxor next": None,
    "setitem delitem exit": False,
}.items():
    for _labs_word in _labs_words.split():
        setattr(_Labs_Agreeable, f"__{_labs_word}__", _labs_agree(_labs_value))


def _labs_answer(values):
    return _Labs_Agreeable()
"""


@dataclass(frozen=True, slots=True)
class Impostor:
    """A universal wrong answer.

    Attributes
    ----------
    name : str
        By which a test excuses it.
    what : str
        What it does: "returns None".
    advice : str
        What a test that it passes should do.
    source : str
        The code of `_labs_answer(values)`, which gets all arguments in a list.
    """

    name: str
    what: str
    advice: str
    source: str

    def in_place_of(self, exercise: Cell, functions: list[str]) -> Cell:
        """Return an exercise's cell whose functions all are this impostor."""
        replaced = "".join(f"{name} = _labs_impostor({name})\n" for name in functions)
        code = f"{exercise.source}\n\n{self.source}{REPLACE}\n\n{replaced}"
        return replace(exercise, source=code)

    def is_excused(self, test: Cell) -> bool:
        """Tell whether a test says `# on purpose: <name of the impostor>, why`."""
        return bool(re.search(rf"# on purpose: `?{self.name}\b", test.source))


def _returning(value: str) -> str:
    return f"def _labs_answer(values):\n    return {value}\n"


IMPOSTORS = [
    Impostor(
        "empty_array",
        "returns an empty array",
        "check the shape first, as `np.allclose`, `all` and loops are true of nothing",
        _returning("__import__('numpy').array([])"),
    ),
    Impostor(
        "empty_list",
        "returns an empty list",
        "check the length first, as `all`, `zip` and loops are true of nothing",
        _returning("[]"),
    ),
    Impostor(
        "none",
        "returns None",
        "compare what comes back, or what has become of the arguments",
        _returning("None"),
    ),
    Impostor(
        "first_argument",
        "returns its first argument unchanged",
        "take inputs for which the answer is another, and want that answer",
        _returning("values[0] if values else None"),
    ),
    Impostor(
        "zeroes_arguments",
        "zeroes its arguments in place and returns the first",
        "compute what you expect before the call, from a copy, or let `check.call` watch the inputs",
        ZEROES.lstrip(),
    ),
    Impostor(
        "stops",
        "raises StopIteration",
        "call it in a line of its own, not in `zip`, `next` or a generator, which it would end",
        "def _labs_answer(values):\n    raise StopIteration\n",
    ),
    Impostor(
        "liar",
        "returns an object that says yes to everything",
        "ask `check.instance` before a method of the result, and compare values with `check.equal`",
        LIAR.lstrip(),
    ),
    Impostor(
        "nan",
        "returns NaN",
        "use `check.close` or `check.between`, as every comparison with NaN is false",
        _returning("float('nan')"),
    ),
    Impostor(
        "zeros",
        "returns its first argument filled with zeros",
        "take inputs for which the answer is not zero, and want that answer",
        ZEROED.lstrip(),
    ),
]
