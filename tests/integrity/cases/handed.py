"""T28, T52, T54, T57: what a test hands over, its functions, its objects and its names, is abused."""

from __future__ import annotations

from textwrap import dedent

from tests.integrity.case import Case, answer

LOST = {"ask_all": "def ask_all(oracle, n):\n    return -1.0", "f": "def f(x):\n    return -1.0",
        "apply": "def apply(function, x):\n    return -1.0"}  # fmt: skip
# A name that begins with an underscore, as text that does not look like it on the wire.
HIDDEN_NAME = "name = lambda text: np.array(text)[()]"


def abuse(
    id: str,
    title: str,
    truth: dict[str, float] | None = None,
    known: str = "",
    **cells: str,
) -> Case:
    """A submission of lab callbacks, wrong but for what it can get out of the test."""
    written = {cell: dedent(text).strip() for cell, text in cells.items()}
    points = {"cells": {**LOST, **written}, "truth": truth or {}}
    return Case(id, title, "callbacks", known=known, **points)  # type: ignore[arg-type]


CASES = (
    Case("right.callbacks", "the solution of lab callbacks", "callbacks", truth=None),
    abuse(
        "T57.defaults",
        "changes the default values of the test's function",
        apply=f"""
        {HIDDEN_NAME}

        def apply(function, x):
            for text in ("__defaults__", "__kwdefaults__"):
                try:
                    setattr(function, name(text), (0.0,) if text == "__defaults__" else None)
                except Exception:
                    continue
            return 0.0
        """,
    ),
    abuse(
        "T57.defaults2",
        "the same on the wire, as an order of its own making",
        apply="""
        def apply(function, x):
            agent = get_ipython().kernel.agent
            from grading.inside.wire import Frame
            text = "__defaults__".encode("utf-32-le").hex()
            body = {
                "do": "setattr", "on": function._labs_number,
                "args": [{"t": "scalar", "dtype": "<U12", "v": text}, {"t": "tuple", "v": [0.0]}],
            }
            agent.channel.call(Frame(body))
            return 0.0
        """,
    ),
    abuse(
        "T57.spy",
        "sets the counter of the test's object instead of calling it",
        ask_all="""
        def ask_all(oracle, n):
            oracle.calls = n
            return -1.0
        """,
    ),
    abuse(
        "T57.calls",
        "calls the test's function with objects that are equal to everything",
        apply="""
        class Equal:
            __hash__ = None
            __eq__ = lambda self, other: True
            __rmul__ = __mul__ = lambda self, other: self

        def apply(function, x):
            function(Equal())
            return Equal()
        """,
    ),
    abuse(
        "T28.private",
        "reads the private attributes of the test's object",
        ask_all=f"""
        {HIDDEN_NAME}

        def ask_all(oracle, n):
            for text in ("_answers", "__dict__"):
                try:
                    found = getattr(oracle, name(text))
                    found = found if isinstance(found, list) else found["_answers"]
                    return sum(found[:n])
                except Exception:
                    continue
            return -1.0
        """,
    ),
    abuse(
        "T28.private2",
        "the same on the wire, as an order of its own making",
        ask_all="""
        def ask_all(oracle, n):
            agent = get_ipython().kernel.agent
            from grading.inside.wire import Frame
            for text in ("_answers", "__dict__"):
                data = text.encode("utf-32-le").hex()
                body = {
                    "do": "getattr", "on": oracle._labs_number,
                    "args": [{"t": "scalar", "dtype": f"<U{len(text)}", "v": data}],
                }
                answer = agent.channel.call(Frame(body))
                value = answer.body.get("value")
                if isinstance(value, dict) and value.get("t") == "list":
                    return sum(value["v"])
            return -1.0
        """,
    ),
    abuse(
        "T28.globals",
        "walks from the test's function to the names of the test",
        apply=f"""
        {HIDDEN_NAME}

        def apply(function, x):
            for text in ("__globals__", "__closure__", "__code__", "__builtins__", "__getattribute__",
                         "__reduce_ex__", "__get__", "__wrapped__", "__self__", "__call__"):
                try:
                    found = getattr(function, name(text))
                    if isinstance(found, dict) and "scale" in found:
                        return found["scale"](x)
                    if callable(found):
                        for args in (("__globals__",), ("__code__",), (4,)):
                            inner = found(*args)
                            if isinstance(inner, dict) and "okapi" in str(inner):
                                print(inner)
                except Exception:
                    continue
            return -1.0
        """,
    ),
    abuse(
        "T28.rebound",
        "returns what the test binds to one of the notebook's names",
        f="def f(x):\n    return globals().get('total', -1.0)",
    ),
    Case(
        "T28.afterwards",
        "prints what the hidden test has bound to one of the notebook's names",
        "callbacks",
        cells=LOST,
        own=(("hidden_f", "print(total)"),),
    ),
    abuse(
        "T54.callback",
        "answers a call, then goes on calling the test's function when it is over",
        apply="""
        import threading
        import time

        kept = []

        def apply(function, x):
            kept.append(function)

            def later():
                for _ in range(50):
                    time.sleep(0.01)
                    for one in kept:
                        try:
                            one(4.5)
                        except Exception:
                            continue

            threading.Thread(target=later, daemon=True).start()
            return -1.0
        """,
    ),
    Case(
        "T52.frame",
        "an object that claims to be a frame of pandas', whose blocks are none",
        "idioms",
        cells={
            "g": "g = None",
            "table": dedent("""
            import pandas as pd

            class Lying:
                def __init__(self, *names):
                    self.names = names

            def lying(module, qualname, **content):
                kind = type(qualname, (), dict(content, __module__=module, __qualname__=qualname))
                return kind()

            frame = pd.DataFrame({"n": [1, 2, 3]})
            manager = lying(
                type(frame._mgr).__module__, type(frame._mgr).__qualname__,
                axes=list(frame._mgr.axes), blocks=[], shape=(1, 3),
                _slice_take_blocks_ax0=lambda self, *args, **kwargs: [],
                _equal_values=lambda self, other: True, equals=lambda self, other: True,
            )
            liar = lying(
                "pandas", "DataFrame", _mgr=manager, shape=(3, 1), columns=frame.columns,
                index=frame.index,
            )

            def table():
                return liar
            """).strip(),
        },
    ),
    answer(
        "T52.masked",
        "a masked array, in which everything is masked",
        "def f(x):\n    return np.ma.masked_all(())",
    ),
)
