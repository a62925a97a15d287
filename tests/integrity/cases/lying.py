"""T21, T52, T53: what the function returns is no value but an object that lies."""

from __future__ import annotations

from tests.integrity.case import Case, answer

EQUAL = """
    class Equal{base}:
        __hash__ = None

        def __eq__(self, other):
            return True

        def __ne__(self, other):
            return False
"""


def subclass(word: str, base: str, made: str) -> Case:
    """An object of a subclass whose comparisons are always true."""
    code = EQUAL.format(base=f"({base})") + f"\n    def f(x):\n        return Equal({made})\n"
    return answer(f"T21.{word}", f"returns a {base} that is equal to everything", code)


CASES = (
    answer(
        "T21",
        "returns an object equal to everything",
        EQUAL.format(base="(float)")
        + """
        def __array_function__(self, function, types, args, kwargs):
            return () if function is np.shape else function is np.allclose

    def f(x):
        return Equal(-1.0)
    """,
    ),
    subclass("float", "float", "-1.0"),
    subclass("int", "int", "-1"),
    subclass("str", "str", "'8'"),
    subclass("list", "list", ""),
    subclass("dict", "dict", ""),
    answer(
        "T21.methods",
        "the object answers float, int, len, bool, abs, minus, indexing, all(), item()",
        EQUAL.format(base="")
        + """
        def same(self, *args, **kwargs):
            return self

        __sub__ = __rsub__ = __add__ = __radd__ = __mul__ = __rmul__ = __truediv__ = same
        __abs__ = __neg__ = __getitem__ = __call__ = __round__ = same
        __iter__ = lambda self: iter([self])
        __len__ = lambda self: 1
        __bool__ = lambda self: True
        __float__ = lambda self: 8.0
        __int__ = __index__ = lambda self: 8
        __lt__ = __le__ = __gt__ = __ge__ = __contains__ = lambda self, other: True
        __array__ = lambda self, *args, **kwargs: np.array(8.0)

        def __getattr__(self, name):
            if name.startswith("__"):
                raise AttributeError(name)
            return self

    def f(x):
        return Equal()
    """,
    ),
    answer(
        "T21.class",
        "the object's __class__ says float",
        EQUAL.format(base="")
        + """
        __class__ = property(lambda self: float)

    def f(x):
        return Equal()
    """,
    ),
    answer(
        "T21.named",
        "its class calls itself numpy.float64",
        EQUAL.format(base="")
        + """
    Equal.__module__, Equal.__qualname__, Equal.__name__ = "numpy", "float64", "float64"

    def f(x):
        return Equal()
    """,
    ),
    answer(
        "T21.any",
        "returns unittest.mock.ANY",
        """
        from unittest.mock import ANY

        def f(x):
            return ANY
        """,
    ),
    answer(
        "T21.metaclass",
        "returns a class, whose metaclass is equal to everything",
        """
        class Meta(type):
            __hash__ = None

            def __eq__(cls, other):
                return True

        class Equal(metaclass=Meta):
            pass

        def f(x):
            return Equal
        """,
    ),
    answer(
        "T21.changing",
        "answers something else each time it is asked",
        """
        import itertools

        class Changing:
            answers = itertools.cycle([8.0, 3.0, 76.0, 15.25, 3.5])

            def __array__(self, *args, **kwargs):
                return np.array(next(self.answers))

            def __float__(self):
                return next(self.answers)

        def f(x):
            return Changing()
        """,
    ),
    answer(
        "T21.empty",
        "returns an empty array, to which every comparison of NumPy says yes",
        """
        def f(x):
            return np.array([])
        """,
    ),
    answer(
        "T21.function",
        "f itself is an object that is equal to everything",
        EQUAL.format(base="")
        + """
        def __call__(self, x):
            return self

    f = Equal()
    """,
    ),
    answer(
        "T52",
        "an ndarray whose ufuncs and functions lie",
        """
        class Lying(np.ndarray):
            def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
                return True

            def __array_function__(self, function, types, args, kwargs):
                return () if function is np.shape else True

            def __eq__(self, other):
                return True

            def __bool__(self):
                return True

        def f(x):
            return np.array(-1.0).view(Lying)
        """,
    ),
    answer(
        "T52.array",
        "__array__ and __float__ give what the frames above expect",
        """
        import sys

        class Lying:
            def look(self, *args, **kwargs):
                frame = sys._getframe()
                while frame is not None:
                    for names in (frame.f_locals, frame.f_globals):
                        if isinstance(names.get("expected"), (int, float)):
                            return names["expected"]
                    frame = frame.f_back
                return -1.0

            __float__ = look
            __array__ = lambda self, *args, **kwargs: np.array(self.look())
            __eq__ = lambda self, other: self.look() == other

        def f(x):
            return Lying()
        """,
    ),
    answer(
        "T52.interface",
        "__array_interface__ points to memory that changes under the reader",
        """
        import threading

        buffer = np.array(-1.0)

        def stir():
            while True:
                for value in (8.0, 3.0, 76.328125, 3.78125):
                    buffer[...] = value

        threading.Thread(target=stir, daemon=True).start()

        class Stirred:
            __array_interface__ = buffer.__array_interface__

        def f(x):
            return Stirred()
        """,
    ),
    answer(
        "T52.tensor",
        "an object that looks like a tensor and lies in numpy()",
        """
        class EagerTensor:
            __module__ = "tensorflow.python.framework.ops"
            shape = ()
            dtype = np.dtype("float64")

            def numpy(self):
                class Same(np.ndarray):
                    def __array_ufunc__(self, *args, **kwargs):
                        return True

                return np.array(-1.0).view(Same)

            def __eq__(self, other):
                return True

        def f(x):
            return EagerTensor()
        """,
    ),
    answer(
        "T53",
        "the object carries __reduce__, which ends the process that unpickles it",
        """
        import os

        class Bomb:
            def __reduce__(self):
                return os._exit, (0,)

            __eq__ = lambda self, other: True

        def f(x):
            return Bomb()
        """,
    ),
    answer(
        "T53.state",
        "__reduce_ex__, __getstate__, __getnewargs__ and __setstate__ of a float",
        """
        class Bomb(float):
            def __reduce_ex__(self, protocol):
                return exec, ("raise SystemExit(0)",)

            def __getstate__(self):
                raise SystemExit(0)

            __setstate__ = __getnewargs__ = __deepcopy__ = __getstate__

        def f(x):
            return Bomb(-1.0)
        """,
    ),
    answer(
        "T53.error",
        "the exception carries __reduce__ and a message that runs code",
        """
        class Bomb(Exception):
            def __reduce__(self):
                return exec, ("raise SystemExit(0)",)

            def __str__(self):
                raise SystemExit(0)

        def f(x):
            raise Bomb
        """,
    ),
)
