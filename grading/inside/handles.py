"""Objects that stay on the other side of the wire, as this side sees them.

A handle is asked for everything there; the same object has the same handle. What a handle answers
is what that other process chooses to answer, so a test that matters compares values that only the
referee computes.
"""

from __future__ import annotations

import inspect
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any, ClassVar, Protocol

import numpy as np

from grading.inside.errors import text

# Packages whose functions and classes both sides know by name.
PUBLIC_PACKAGES = (
    "builtins", "collections", "functools", "itertools", "keras", "labkit", "math", "matplotlib",
    "numpy", "operator", "pandas", "sklearn", "statistics", "string", "tensorflow",
)  # fmt: skip
# Classes that say they are built in, and that only `types` names: generators, modules and more.
_UNNAMED = {kind.__name__: kind for kind in vars(types).values() if isinstance(kind, type)}
# What crosses as a copy: a handle that says it is one of these is lying.
_COPIED = (
    bool, int, float, complex, str, bytes, bytearray, list, tuple, set, frozenset, dict,
    np.ndarray, np.generic, np.dtype, np.random.Generator, np.random.RandomState, range, slice,
)  # fmt: skip
_COPIED_BY_NAME = (
    ("pandas", "DataFrame"), ("pandas", "Series"), ("pandas", "Index"), ("tensorflow", "Tensor"),
    ("tensorflow", "TensorShape"), ("tensorflow", "DType"), ("tensorflow", "TensorSpec"),
)  # fmt: skip
MAX_TEXT = 2000  # characters of a docstring


class Other(Protocol):
    """The other side of the wire, as handles need it (`peer.Peer`)."""

    def call(self, number: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call an object that stays there."""

    def operate(self, operation: str, number: int, *args: Any) -> Any:
        """Do one of the operations that `peer.OPERATIONS` names."""


def describe_function(function: Any) -> dict[str, Any]:
    """Return what a handle says of a function without asking: name, docstring, signature."""
    described: dict[str, Any] = {
        "name": str(getattr(function, "__name__", "function"))[:200],
        "doc": (inspect.getdoc(function) or "")[:MAX_TEXT],
        "parameters": None,
        "public": public_name(function),
    }
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):  # built-in functions have no signature
        return described
    described["parameters"] = [
        [p.name, int(p.kind), p.default is not p.empty, _default(p.default)] for p in parameters
    ]
    return described


def describe_object(value: Any) -> dict[str, Any]:
    """Return what a handle says of any other object without asking: its classes of public name."""
    is_class = isinstance(value, type)
    classes = [
        [kind.__module__, kind.__qualname__]
        for kind in (value if is_class else type(value)).__mro__
        if kind.__module__.split(".")[0] in PUBLIC_PACKAGES
    ]
    return {
        "classes": classes,
        "is_class": is_class,
        "public": public_name(value) if is_class else None,
        "callable": callable(value),
    }


def handle_of(other: Other, node: dict[str, Any]) -> Any:
    """Return a new handle for the node of an object that stays on the other side."""
    number = int(node["on"])
    if node["t"] == "function":
        return RemoteFunction(other, number, node)
    if node["t"] != "live":
        raise ValueError(f"there are no handles of kind {node['t']!r}")
    if not node["is_class"] and issubclass(_first_class(node["classes"]), _variables()):
        return LiveNumbers(other, number, node)
    return (LiveCallable if node["callable"] else Live)(other, number, node)


class RemoteFunction:
    """A function of the other side: called here, run there.

    Signature and docstring are its own; printed output is dropped; arguments changed in place are
    changed here too; an exception keeps its class name. A library's function equals this side's.
    """

    labs_handle: ClassVar[bool] = True  # see Encoder.encode

    def __init__(self, other: Other, number: int, node: dict[str, Any]) -> None:
        self._labs_other = other
        self._labs_number = number
        self._labs_public = _known(node.get("public"))
        self.__name__ = self.__qualname__ = text(node["name"])
        self.__doc__ = text(node["doc"])
        if node["parameters"] is not None:
            self.__signature__ = inspect.Signature(
                [
                    inspect.Parameter(
                        name,
                        inspect._ParameterKind(kind),
                        default=default if has_default else inspect.Parameter.empty,
                    )
                    for name, kind, has_default, default in node["parameters"]
                ]
            )

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._labs_other.call(self._labs_number, args, kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._labs_other.operate("getattr", self._labs_number, name)

    def __eq__(self, other: object) -> bool:
        return self is other or (self._labs_public is not None and self._labs_public is other)

    def __hash__(self) -> int:
        return hash(self._labs_public) if self._labs_public is not None else id(self)

    def __repr__(self) -> str:
        return f"<function {self.__name__}>"


class Live:
    """An object that stays on the other side; every use of it is asked for there.

    `isinstance` answers by the first of its classes that comes from a public package. It is equal
    to itself only, or to this side's class of the same public name: its own answer could be
    anything, and would cost a test its expected value.
    """

    labs_handle: ClassVar[bool] = True  # see Encoder.encode

    def __init__(self, other: Other, number: int, node: dict[str, Any]) -> None:
        put = object.__setattr__
        put(self, "_labs_other", other)
        put(self, "_labs_number", number)
        put(self, "_labs_public", _known(node.get("public")) if node["is_class"] else None)
        put(self, "_labs_class", type if node["is_class"] else _first_class(node["classes"]))

    @property
    def __class__(self) -> type:  # type: ignore[override]
        return self._labs_class

    def _labs_do(self, operation: str, *args: Any) -> Any:
        return self._labs_other.operate(operation, self._labs_number, *args)

    def __getattr__(self, name: str) -> Any:
        # Libraries probe for special names to find out what they were given; those that a live
        # object answers to are defined below.
        if name.startswith("__"):
            raise AttributeError(name)
        return self._labs_do("getattr", name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._labs_do("setattr", name, value)

    def __delattr__(self, name: str) -> None:
        self._labs_do("delattr", name)

    def __eq__(self, other: object) -> bool:
        return self is other or (self._labs_public is not None and self._labs_public is other)

    def __hash__(self) -> int:
        return hash(self._labs_public) if self._labs_public is not None else id(self)

    def __getitem__(self, key: Any) -> Any:
        return self._labs_do("getitem", key)

    def __setitem__(self, key: Any, value: Any) -> None:
        self._labs_do("setitem", key, value)

    def __delitem__(self, key: Any) -> None:
        self._labs_do("delitem", key)

    def __len__(self) -> int:
        return int(self._labs_do("len"))

    def __iter__(self) -> Iterator[Any]:
        return self._labs_do("iter")

    def __next__(self) -> Any:
        return self._labs_do("next")

    def __enter__(self) -> Any:
        return self._labs_do("enter")

    def __exit__(self, *error: object) -> None:
        self._labs_do("exit")

    def __bool__(self) -> bool:
        return bool(self._labs_do("bool"))

    def __int__(self) -> int:
        return int(self._labs_do("int"))

    def __float__(self) -> float:
        return float(self._labs_do("float"))

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        from grading.inside.values import CannotCross

        array = self._labs_do("array")
        if not isinstance(array, np.ndarray):
            raise CannotCross("an object of the student's has no array form")
        return array if dtype is None else array.astype(dtype)

    def __repr__(self) -> str:
        return text(self._labs_do("repr"))


class LiveCallable(Live):
    """A live object that can be called."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._labs_other.call(self._labs_number, args, kwargs)


class LiveNumbers(Live):
    """A variable of TensorFlow's or Keras': arithmetic is done on this side, on a copy."""


def _on_a_copy(name: str) -> Callable[..., Any]:
    def operator(self: LiveNumbers, *others: Any) -> Any:
        return getattr(np.asarray(self), name)(*map(_plain, others))

    operator.__name__ = name
    return operator


def _plain(value: Any) -> Any:
    is_handle = getattr(type(value), "labs_handle", False)
    return np.asarray(value) if is_handle else value


for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul"):
    for _side in (f"__{_name}__", f"__r{_name}__"):
        setattr(LiveNumbers, _side, _on_a_copy(_side))
for _name in ("neg", "pos", "abs", "lt", "le", "gt", "ge"):
    setattr(LiveNumbers, f"__{_name}__", _on_a_copy(f"__{_name}__"))


def public_name(value: Any) -> list[str] | None:
    """Return module and name by which both sides know a library's function or class."""
    module, name = getattr(value, "__module__", None), getattr(value, "__qualname__", None)
    if isinstance(value, np.ufunc):
        module, name = "numpy", value.__name__
    if isinstance(module, str) and isinstance(name, str) and public(module, name) is value:
        return [module, name]
    return None


def public(module: str, name: str) -> Any:
    """Return what a dotted name stands for in a public module that is imported, else None."""
    if module.split(".")[0] not in PUBLIC_PACKAGES:
        return None
    found: Any = sys.modules.get(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    return found


def _known(named: Any) -> Any:
    return public(str(named[0]), str(named[1])) if named else None


def _first_class(classes: list[list[str]]) -> type:
    """Return the first named class that this process knows too, `object` if it knows none."""
    for module, name in classes:
        found = public(str(module), str(name))
        if found is None and module == "builtins":
            found = _UNNAMED.get(str(name))
        if isinstance(found, type) and not issubclass(found, _copied()):
            return found
    return object


def _copied() -> tuple[type, ...]:
    named = (public(module, name) for module, name in _COPIED_BY_NAME)
    return (*_COPIED, *(kind for kind in named if isinstance(kind, type)))


def _variables() -> tuple[type, ...]:
    kinds = [public("tensorflow", "Variable"), public("keras", "Variable")]
    return tuple(kind for kind in kinds if isinstance(kind, type))


def _default(value: Any) -> Any:
    """Return a default value where JSON has it as it is, else nothing: tests seldom ask."""
    return value if isinstance(value, (bool, int, float, str)) else None
