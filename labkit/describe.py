"""Says in a few words what a value, a call or a place in the code is, for a beginner to read."""

from __future__ import annotations

import inspect
import linecache
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

LONGEST_VALUE = 70
LONGEST_ERROR = 600
_TERMINAL_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def quoted(name: str) -> str:
    """Put a name of the code into backticks, leave ordinary words as they are.

    >>> quoted("x_train"), quoted("the test accuracy")
    ('`x_train`', 'the test accuracy')
    """
    return name if " " in name.strip() or "`" in name else f"`{name.strip()}`"


def class_name(value: object) -> str:
    """Return the name of the class that `value` presents, which for a stand-in is not its own."""
    return value.__class__.__name__


def function_name(function: object) -> str:
    """Return the name under which a function or model is known, without backticks."""
    name = getattr(function, "__name__", None)
    if isinstance(name, str) and name.isidentifier():
        return name
    return "the function" if name == "<lambda>" else f"the {class_name(function)} object"


def shape_of(value: object) -> tuple[int | None, ...] | None:
    """Return the shape of an array, tensor, frame, number or regular nested list, else None."""
    shape = getattr(value, "shape", None)
    if shape is not None and not callable(shape):
        try:
            return tuple(None if n is None else int(n) for n in shape)
        except (TypeError, ValueError):  # a tensor of unknown rank
            return None
    if isinstance(value, (bool, int, float, complex)):
        return ()
    if isinstance(value, (list, tuple)):
        try:
            return np.shape(value)
        except ValueError:  # rows of different lengths
            return None
    return None


def dtype_name(value: object) -> str | None:
    """Return the dtype of an array or tensor as a word such as ``"float32"``, else None."""
    dtype = getattr(value, "dtype", None)
    return None if dtype is None else str(getattr(dtype, "name", dtype))


def shape_text(shape: Sequence[int | None]) -> str:
    """Write a shape, with "any" where every size will do.

    >>> shape_text((None, 784)), shape_text((5,))
    ('(any, 784)', '(5,)')
    """
    sizes = ["any" if size is None else str(size) for size in shape]
    return f"({sizes[0]},)" if len(sizes) == 1 else f"({', '.join(sizes)})"


def number_text(number: Any) -> str:
    """Write a number with at most six digits that count.

    >>> number_text(0.123456789), number_text(60000), number_text(True)
    ('0.123457', '60000', 'True')
    """
    if isinstance(number, (bool, np.bool_)):
        return str(bool(number))
    if isinstance(number, (int, np.integer)):
        return str(int(number))
    if isinstance(number, (complex, np.complexfloating)):
        return str(complex(number))
    return f"{float(number):.6g}"


def as_array(value: object) -> np.ndarray | None:
    """Return the numbers of an array, tensor, frame, number or regular list, else None.

    A tensor is asked for ``numpy()``: over a process border that call brings a plain copy.
    """
    if isinstance(value, (np.ndarray, np.generic, bool, int, float, complex, list, tuple)):
        try:
            array = np.asarray(value)
        except ValueError:  # rows of different lengths
            return None
        return None if array.dtype == object else array
    for method in ("numpy", "to_numpy"):
        convert = getattr(value, method, None)
        if callable(convert):
            try:
                array = np.asarray(convert())
            except (AttributeError, NotImplementedError, TypeError, ValueError):
                return None  # a symbolic tensor has no numbers
            return None if array.dtype == object else array
    return None


def describe(value: object) -> str:
    """Describe a value: what it is, its shape, dtype and range, or itself where it is short.

    >>> describe(np.zeros((3, 28, 28), "uint8"))
    'an array of shape (3, 28, 28), dtype uint8, all values 0'
    >>> describe([1, 2, 3])
    'the list [1, 2, 3]'
    """
    if value is None or isinstance(value, str):
        return _short(repr(value))
    if value is Ellipsis:
        return "the placeholder ..."
    if isinstance(value, (bool, int, float, complex, np.generic)):
        return _describe_number(value)
    if isinstance(value, (list, tuple)):
        return _describe_sequence(value)
    if isinstance(value, Mapping):
        keys = ", ".join(repr(key) for key in list(value)[:6])
        return f"a dict with {len(value)} keys: {_short(keys)}" if value else "an empty dict"
    if shape_of(value) is not None and dtype_name(value) is not None:
        return _describe_array(value)
    if _is_frame(value):
        rows, columns = shape_of(value) or (0, 0)
        return f"a DataFrame of {rows} rows and {columns} columns"
    if callable(value) and isinstance(getattr(value, "__name__", None), str):
        kind = "class" if inspect.isclass(value) else "function"
        return f"the {kind} `{value.__name__}` itself (is () missing behind it?)"
    return f"{with_article(class_name(value))} object"


def describe_error(error: BaseException) -> str:
    """Return class and message of an exception, without colour codes and not over-long."""
    message = _TERMINAL_COLOURS.sub("", str(error)).strip()
    message = re.sub(r"\n\s*\n+", "\n", message)
    if len(message) > LONGEST_ERROR:
        message = message[:LONGEST_ERROR].rstrip() + " …"
    return f"{class_name(error)}: {message}" if message else class_name(error)


def describe_arguments(function: Callable[..., Any], args: tuple, kwargs: Mapping) -> str:
    """Describe the arguments of a call, each by the name that it has in the function."""
    named = name_arguments(function, args, kwargs)
    return "; ".join(f"{name} = {describe(value)}" for name, value in named) or "no arguments"


def name_arguments(
    function: Callable[..., Any], args: tuple, kwargs: Mapping
) -> list[tuple[str, Any]]:
    """Pair the arguments of a call with the names that they have in the function."""
    names: list[str] = []
    try:
        parameters = inspect.signature(function).parameters.values()
        names = [
            p.name for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)
        ]
    except (TypeError, ValueError):  # some callables have no signature to read
        pass
    names += [f"argument {number}" for number in range(len(names) + 1, len(args) + 1)]
    return [*zip(names, args, strict=False), *kwargs.items()]


def student_place(error: BaseException) -> tuple[str, str] | None:
    """Return function and place of the last line of notebook code that an exception came through.

    The cell that holds the check is no place of interest, nor is library code. An exception that
    crossed a process border has none of those lines, but tells them in its attribute `where`.
    """
    told = getattr(error, "where", None)
    if isinstance(told, str):
        words = re.match(r"in (\w+), (.*)", told)
        return (words[1], f"`{words[1]}`, {words[2]}") if words else None
    place = None
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        # What a notebook defines has the notebook's globals, whatever IPython calls its cells.
        of_notebook = step.tb_frame.f_globals.get("__name__") == "__main__"
        if of_notebook and not code.co_name.startswith("<"):
            line = linecache.getline(code.co_filename, step.tb_lineno).strip()
            text = f"`{code.co_name}`, line {step.tb_lineno} of its cell"
            place = (code.co_name, f"{text}: `{_short(line)}`" if line else text)
        step = step.tb_next
    return place


def _describe_number(value: Any) -> str:
    kind = dtype_name(value) or class_name(value)
    if isinstance(value, (str, bytes, np.str_, np.bytes_)) or kind.startswith(
        ("datetime", "timedelta")
    ):
        return _short(str(value))
    return f"{number_text(value)} ({kind})"


def _describe_sequence(value: list | tuple) -> str:
    kind = "list" if isinstance(value, list) else "tuple"
    if not value:
        return f"an empty {kind}"
    if all(isinstance(item, (bool, int, float, str, np.generic)) for item in value):
        items = ", ".join(
            repr(item) if isinstance(item, str) else number_text(item) for item in value[:20]
        )
        if len(value) <= 20 and len(items) <= LONGEST_VALUE:
            alone = "," if len(value) == 1 else ""
            return f"the list [{items}]" if kind == "list" else f"the tuple ({items}{alone})"
    return f"a {kind} of {len(value)} items, the first: {describe(value[0])}"


def _describe_array(value: object) -> str:
    kind = "an array" if isinstance(value, np.ndarray) else with_article(_plain_kind(value))
    text = f"{kind} of shape {shape_text(shape_of(value) or ())}, dtype {dtype_name(value)}"
    array = as_array(value)
    if array is None or not array.size or array.dtype.kind not in "biuf":
        return text
    if array.size <= 8 and array.ndim <= 1:
        return f"{text}: {', '.join(number_text(item) for item in np.atleast_1d(array))}"
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        return f"{text}, {np.count_nonzero(~np.isfinite(array))} values are NaN or infinite"
    low, high = number_text(array.min()), number_text(array.max())
    return f"{text}, " + (f"all values {low}" if low == high else f"values {low} to {high}")


def _plain_kind(value: object) -> str:
    name = class_name(value)
    return "tensor" if "Tensor" in name else name


def _is_frame(value: object) -> bool:
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(value, pandas.DataFrame)


def with_article(noun: str) -> str:
    """Put a or an before a noun, such as a class's name."""
    return f"{'an' if noun[:1].lower() in 'aeio' else 'a'} {noun}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1].rstrip() + "…"
