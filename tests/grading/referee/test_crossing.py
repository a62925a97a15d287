"""Tests of what a test hands to a student's process, and of what can be done with it there."""

from __future__ import annotations

import functools
import itertools
import os
import re
import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from grading.inside.values import CannotCross
from grading.inside.wire import Frame
from grading.referee.proxies import Student, StudentError

Run = Callable[[str], Student]


@pytest.fixture
def apply(student: Run) -> Callable[..., Any]:
    """A student's function that calls its first argument with the others."""
    return student("def apply(f, *args, **kwargs):\n    return f(*args, **kwargs)").get("apply")


def own(name: str, **members: Any) -> type:
    """Return a class as a test cell makes it."""
    return type(name, (), {"__module__": "__main__", **members})


def test_a_function_is_called_back(apply: Callable[..., Any]) -> None:
    """Do arguments and result of a test's function cross, by place and by name?"""
    seen = []

    def f(x: Any, *, by: Any = 1) -> Any:
        seen.append((x, by))
        return x * by

    result = apply(f, np.arange(3.0), by=2)
    assert result.tolist() == [0, 2, 4]
    assert seen[0][0].tolist() == [0, 1, 2]
    assert apply(functools.partial(f, by=5), 2) == 10
    assert apply([3, 1].index, 1) == 1


def test_a_function_keeps_name_and_signature(student: Run) -> None:
    """Can a student's code read name, docstring and signature of a test's function?"""
    look = student("""
        import inspect
        def look(f):
            return f.__name__, f.__doc__, str(inspect.signature(f)), callable(f)
    """).get("look")

    def loss(w: Any, scale: float = 2.0) -> Any:
        """Loss of w."""

    assert look(loss) == ("loss", "Loss of w.", "(w, scale=2.0)", True)


def test_it_is_itself_when_it_comes_back(student: Run) -> None:
    """Is a function or object of the test's that a student returns the test's own?"""
    names = student("def same(x):\n    return x\ndef kept(x):\n    return {'k': [x]}")
    thing = own("Thing")()
    assert names.get("same")(len) == len
    for value in (lambda: 0, thing, own("Class")):
        assert names.get("same")(value) is value
        assert names.get("kept")(value)["k"][0] is value


def test_calls_nest(student: Run) -> None:
    """May a test's function call the student's, which calls the test's again?"""
    down = student("def down(n, f):\n    return n if n == 0 else f(n - 1)").get("down")

    def up(n: int) -> int:
        return 1 + down(n, up)

    assert down(6, up) == 6


def test_in_place_changes_of_a_test_function(student: Run) -> None:
    """Does a student see what a test's function changed in an argument?"""
    run = student("""
        def run(f):
            items, x = [1], __import__("numpy").zeros(2)
            f(items, x)
            return items, x
    """).get("run")

    def change(items: list[Any], x: np.ndarray) -> None:
        items.append(x)
        x += 1

    items, x = run(change)
    assert items[0] == 1
    assert items[1] is x
    assert x.tolist() == [1, 1]


@pytest.mark.parametrize(
    "error", [KeyError("k"), AssertionError("a"), ValueError("v"), OSError(2, "no")]
)
def test_exceptions_of_a_test_function(student: Run, error: Exception) -> None:
    """Does a student's code meet an exception of the same kind, and the test its own object?"""
    names = student("""
        def caught(f, kind):
            try:
                f()
            except kind as error:
                return type(error).__name__, str(error)
        def through(f):
            f()
    """)  # fmt: skip

    def fail() -> None:
        raise error

    assert names.get("caught")(fail, type(error)) == (type(error).__name__, str(error))
    with pytest.raises(type(error)) as raised:
        names.get("through")(fail)
    assert raised.value is error


def test_a_student_cannot_raise_what_the_test_raised_elsewhere(student: Run) -> None:
    """Is an exception that a student makes their own, whatever number it says it has?"""
    f = student("""
        def f():
            error = ValueError("mine")
            error.far_number = 1
            raise error
    """).get("f")
    with pytest.raises(StudentError):
        f()


def test_from_another_thread(student: Run) -> None:
    """May a student's code call a test's function from threads of its own?"""
    run = student("""
        import threading
        def run(f):
            found = []
            threads = [threading.Thread(target=lambda i=i: found.append(f(i))) for i in range(8)]
            for t in threads: t.start()
            for t in threads: t.join()
            return sorted(found)
    """).get("run")
    assert run(lambda i: i * i) == [i * i for i in range(8)]


def test_iterators(student: Run) -> None:
    """Do a test's generators and iterators give their items one by one, and no more than asked?"""
    names = student("""
        import inspect
        def first(numbers, n):
            return [x for _, x in zip(range(n), numbers)]
        def is_generator(numbers):
            return inspect.isgenerator(numbers)
    """)
    first = names.get("first")
    drawn = []

    def numbers() -> Any:
        for i in itertools.count():
            drawn.append(i)
            yield i

    endless = numbers()
    assert names.get("is_generator")(endless)
    assert first(endless, 3) == [0, 1, 2]
    assert drawn == [0, 1, 2]
    assert first(iter([5, 6]), 9) == [5, 6]
    assert first(itertools.count(3), 2) == [3, 4]


def test_stubs(student: Run) -> None:
    """Can a student's code use an object of a test's class, and the test sees what was done?"""
    use = student("""
        def use(model, x):
            model.rate = model.rate / 2
            before = len(model)
            return model.predict(x), model(x), model[0], before, hasattr(model, "nothing")
    """).get("use")
    stub = own(
        "Stub",
        rate=property(lambda self: self._rate, lambda self, rate: setattr(self, "_rate", rate)),
        predict=lambda self, x: x + 1,
        __call__=lambda self, x: x + 2,
        __getitem__=lambda self, key: ("item", key),
        __len__=lambda self: 7,
    )()
    stub.rate = 1.0
    assert use(stub, 1) == (2, 3, ("item", 0), 7, False)
    assert stub.rate == 0.5


@pytest.mark.parametrize(
    "do",
    [
        "x.calls = 1",
        "del x.calls",
        "x.predict = len",
        "setattr(x, 'new', 1)",
        "f.calls = 1",
        "f.__defaults__ = (9,)",
    ],
)
def test_nobody_sets_what_a_test_counts(student: Run, do: str) -> None:
    """Does a student's code not set attributes of a test's objects that their class does not offer?"""
    change = student(f"""
        def change(x, f):
            try:
                {do}
            except Exception as error:
                return type(error).__name__
    """).get("change")
    x = own("Spy", predict=lambda self: 1)()
    x.calls = 0

    def f(y: int = 1) -> int:
        return y

    f.calls = 0
    change(x, f)  # an error, or done to the handle alone
    assert (x.calls, x.predict(), f.calls, f(), hasattr(x, "new")) == (0, 1, 0, 1, False)


def test_a_namespace_as_stub(student: Run) -> None:
    """Can a test hand over a namespace with what the student's code asks for?"""
    best = student("def best(history):\n    return history.history['loss'][-1]").get("best")
    assert best(SimpleNamespace(history={"loss": [2.0, 1.0]})) == 1.0


def test_a_class_of_the_test(student: Run) -> None:
    """Can a student's code make objects of a class that a test hands over?"""
    run = student("def run(Model):\n    return [Model(n).twice() for n in (1, 2)]").get("run")

    class Model:
        def __init__(self, n: int) -> None:
            self.n = n

        def twice(self) -> int:
            return 2 * self.n

    Model.__module__ = "__main__"
    assert run(Model) == [2, 4]


SPIES = [
    "x.__class__",
    "x.__dict__",
    "x._secret",
    "x.gi_frame",
    "x.f.__globals__",
    "x.f.__closure__",
    "x.f.__code__",
    "x.method.__func__",
    "x.method.__self__._secret",
    "x.generator.gi_frame",
    "x.generator.gi_code",
    "object.__getattribute__(x, '_labs_other').operate('getattr', x._labs_number, '_secret')",
    "object.__getattribute__(x, '_labs_other').operate('getattr', x._labs_number, '__class__')",
    "object.__getattribute__(x, '_labs_other').operate('getattr', 999, 'secret')",
    "object.__getattribute__(x, '_labs_other').operate('getattr', x._labs_number, np.str_('_secret'))",
    "object.__getattribute__(x, '_labs_other').operate('getattr', x.f._labs_number, np.str_('__globals__'))",
    "object.__getattribute__(x, '_labs_other').operate('setattr', x._labs_number, '__class__', int)",
]


@pytest.mark.parametrize("spy", SPIES)
def test_no_way_from_an_object_to_the_test(student: Run, spy: str) -> None:
    """Does nothing that a test hands over lead to what it did not hand over?"""
    look = student(f"""
        import numpy as np
        def look(x):
            try:
                return repr({spy})
            except BaseException as error:
                return type(error).__name__
    """).get("look")
    secret = "the expected value"

    def numbers() -> Any:
        yield secret and 1

    x = own("Thing", method=lambda self: secret and 1)()
    x._secret, x.f, x.generator = secret, lambda: secret and 1, numbers()
    assert secret not in look(x)
    assert type(x).__name__ == "Thing"


FORGED = [
    {"do": "exec", "on": 1, "args": []},
    {"do": "inside", "on": 1, "source": "x", "names": {}, "args": [], "helper": "x"},
    {"do": "get", "name": "f", "on": 1},
    {"do": "getattr", "on": 2, "args": ["x"]},
    {"do": "getattr", "on": 1, "args": [{"t": "yours", "on": 1}]},
    {"do": "getattr", "on": 1, "args": []},
    {"do": "call", "on": 1},
    {"do": "call", "on": 1, "args": [{"t": "keras", "on": 1, "config": "{}", "state": {}}], "kwargs": {}},
    {"do": "call", "on": 1, "args": [{"t": "public", "module": "os", "name": "system"}], "kwargs": {}},
    {"do": "call", "on": [1], "args": [], "kwargs": {}},
    {},
]  # fmt: skip


@pytest.mark.parametrize("order", FORGED)
def test_forged_orders(student: Run, order: dict[str, Any]) -> None:
    """Is an order that no agent gives refused, nothing run, and the conversation goes on?"""
    one = student("x = 1")
    ran: list[Any] = []
    one.lend(ran.append)
    answer = one._serve(Frame(order)).body
    assert "refused" in answer or "error" in answer
    assert ran == []
    assert one.get("x") == 1


def test_when_the_test_is_over(student: Run) -> None:
    """Does a student's code that kept a test's function get an exception, and no answer?"""
    one = student("""
        kept = []
        def keep(f):
            kept.append(f)
        def late():
            return kept[0]()
    """)
    one.get("keep")(lambda: 42)
    one.forget()
    with pytest.raises((StudentError, CannotCross)):
        one.get("late")()


def test_a_kept_function_after_the_kernel_goes_on(served: Any) -> None:
    """Is a test's function that a student calls between two tests an error, and not a wait?"""
    names: dict[str, Any] = {}
    exec("kept = []\ndef keep(f):\n    kept.append(f)", names)
    one = Student(served(names))
    one.get("keep")(lambda: 42)
    one.forget()
    one.channel.say_goodbye()
    for _ in range(100):
        if not names["kept"][0]._labs_other._listens:
            break
        threading.Event().wait(0.02)
    with pytest.raises(RuntimeError, match="the test is over"):
        names["kept"][0]()


def test_what_a_student_changed_is_put_back(student: Run) -> None:
    """Are the test's values as they were when it is over, its models too?"""
    one = student("def spoil(x, rng):\n    x[0] = 9\n    rng.random()")
    x, rng = np.zeros(2), np.random.default_rng(1)
    one.get("spoil")(x, rng)
    assert x[0] == 9
    one.forget()
    assert x[0] == 0
    assert rng.random() == np.random.default_rng(1).random()


def test_inside(student: Run) -> None:
    """Does a helper run on the student's own objects, with the modules that its cell has?"""
    one = student("""
        class Thing: pass
        thing = Thing()
        thing.size = 3
    """)
    code = """
import numpy as np
factor = 2
def look(thing, x):
    thing.seen = True
    return {"size": thing.size * factor, "sum": np.sum(x), "name": type(thing).__name__}
def other(thing):
    return thing
f = lambda thing: 1
"""
    import linecache

    names: dict[str, Any] = {"__name__": "__main__"}
    linecache.cache["a cell"] = (len(code), None, code.splitlines(keepends=True), "a cell")
    exec(compile(code, "a cell", "exec"), names)
    thing = one.get("thing")
    result = one.inside(names["look"], (thing, np.ones(4)))
    assert result == {"size": 6, "sum": 4.0, "name": "Thing"}
    assert thing.seen is True
    with pytest.raises(CannotCross, match="plain data only"):
        one.inside(names["other"], (thing,))
    with pytest.raises(CannotCross, match="with `def`"):
        one.inside(names["f"], (thing,))


def test_a_helper_uses_nothing_around_it(student: Run) -> None:
    """Is a helper that needs names of a function around it refused with what to do?"""
    secret = 3

    def helper() -> int:
        return secret

    with pytest.raises(CannotCross, match="pass them"):
        student("x = 1").inside(helper, ())


def test_names_are_bound_and_deleted_there(student: Run) -> None:
    """Does a student's function meet the name that a test has put in its place?"""
    one = student("def g():\n    return 1\ndef f():\n    return g()")
    one.set("g", lambda: 5)
    assert one.get("f")() == 5
    one.delete("g")
    with pytest.raises(NameError):
        one.get("f")()
    with pytest.raises(NameError):
        one.get("g")


def test_names_are_put_back(served: Any) -> None:
    """Does a name hold what the student gave it when the test is over?"""
    names: dict[str, Any] = {"g": 1, "h": 2}
    one = Student(served(names))
    one.set("g", "expected")
    one.delete("h")
    one.set("new", "expected")
    one.forget()
    one.channel.say_goodbye()
    for _ in range(100):
        if "new" not in names:
            break
        threading.Event().wait(0.02)
    assert names == {"g": 1, "h": 2}


def test_a_model_of_a_given_cell_is_put_back(student: Run) -> None:
    """Has a model that a student's function spoiled its own weights in the next test?"""
    keras = pytest.importorskip("keras")
    one = student(
        "def spoil(model):\n    model.set_weights([w * 0 + 7 for w in model.get_weights()])"
    )
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    before = [w.copy() for w in model.get_weights()]
    one.get("spoil")(model)
    assert (model.get_weights()[0] == 7).all()
    one.forget()
    assert all((a == b).all() for a, b in zip(before, model.get_weights(), strict=True))


def test_the_end_of_an_iterator_is_no_result(student: Run) -> None:
    """Does a function that raises StopIteration not end the loop around its call unseen?"""
    f = student("def f(x):\n    raise StopIteration").get("f")
    with pytest.raises(StudentError):
        list(map(f, [1, 2]))
    with pytest.raises(StudentError):
        all(f(x) for x in [1])


def test_what_has_no_form_is_named(student: Run) -> None:
    """Does the author read what cannot be handed over?"""
    f = student("def f(x):\n    return 1").get("f")
    with pytest.raises(CannotCross, match="a test passed the module os"):
        f(os)
    with pytest.raises(CannotCross, match=r"a test passed a re\.Pattern"):
        f(re.compile("x"))
