"""Tests of whole submissions on a small lab: each gets what it deserves, and tricks earn nothing."""

from __future__ import annotations

from typing import Any

import nbformat
import pytest

from grading.judge import Judged, LabBroken
from grading.sandbox import ROOT

pytestmark = pytest.mark.sandbox
HALVE_ONLY = {"test_double": 0.0, "hidden_double": 0.0, "test_halve": 1.0, "hidden_halve": 2.0}
WRONG = """
    def double(x):
        return x
"""


def points(judged: Judged) -> dict[str, float]:
    return {test.cell: test.points for test in judged.tests}


def verdicts(judged: Judged) -> list[str]:
    return [test.verdict for test in judged.tests]


def text_of(judged: Judged) -> str:
    """Return all that a student's own last cell printed."""
    return "".join(output.get("text", "") for output in judged.notebook.cells[-1].outputs)


def test_the_solution(bench: Any) -> None:
    """Does the solution get every point, in a notebook that nbgrader and others can read?"""
    judged = bench.grade(extra="print(doubled)")
    assert verdicts(judged) == ["passed"] * 4
    assert sum(points(judged).values()) == 6
    assert text_of(judged) == "[ 0.  2.  4.  6.  8. 10.]\n"
    assert judged.problems == []
    assert judged.cpu_seconds > 0
    assert judged.peak_memory_mb > 20
    nbformat.validate(judged.notebook)
    assert "okapi" not in nbformat.writes(judged.notebook)


def test_the_template(bench: Any) -> None:
    """Is an untouched lab told apart from a wrong one?"""
    assert verdicts(bench.grade(template=True)) == ["not_attempted"] * 4


@pytest.mark.parametrize(
    ("double", "verdict"),
    [
        (WRONG, "failed"),
        ("def double(x):\n    raise ValueError('why')", "raised"),
        ("def double(x):\n    raise SystemExit", "raised"),
        ("this is no Python", "not_attempted"),
    ],
)
def test_one_mistake_costs_its_exercise_only(bench: Any, double: str, verdict: str) -> None:
    """Does a mistake get its verdict, and the other exercise its points?"""
    judged = bench.grade(double=double)
    assert verdicts(judged) == [verdict, verdict, "passed", "passed"]
    assert points(judged) == HALVE_ONLY


def test_hidden_tests_tell_title_and_hint_only(bench: Any) -> None:
    """Does a hidden test keep the exception's message, which may hold its values, to itself?"""
    tricky = """
        def double(x):
            raise ValueError(f"I was given {x.sum()}")
    """
    judged = bench.grade(double=tricky)
    visible, hidden, *_ = judged.tests
    assert "I was given 3.0" in visible.message
    assert "I was given" not in hidden.message
    assert "I was given 205.0" in hidden.detail
    assert "205.0" not in nbformat.writes(judged.notebook)


def test_the_kernel_ends_in_a_function(bench: Any) -> None:
    """Does a function that ends the process cost its own tests only?"""
    judged = bench.grade(double="def double(x):\n    import os; os._exit(0)")
    assert verdicts(judged) == ["died", "died", "passed", "passed"]
    assert [problem.code for problem in judged.problems] == ["died"]


def test_the_kernel_ends_in_a_cell(bench: Any) -> None:
    """Is a cell that ends the process left out, and the rest of the notebook run?"""
    judged = bench.grade(double="import ctypes; ctypes.string_at(0)", extra="print(halve(8))")
    assert verdicts(judged) == ["died", "died", "passed", "passed"]
    assert text_of(judged) == "4.0\n"


def test_a_kernel_that_never_starts_well(bench: Any) -> None:
    """Does a notebook whose process ends soon after every cell come to an end?"""
    bomb = """
        import os, threading
        threading.Timer(0.05, os._exit, [1]).start()
        halve = double = lambda x: x
    """
    judged = bench.grade(double=bomb, halve="import time; time.sleep(1)")
    assert sum(points(judged).values()) <= 3


@pytest.mark.parametrize("loop", ["while True: pass", "import time\nwhile True: time.sleep(1)"])
def test_an_endless_cell(bench: Any, make_place: Any, loop: str) -> None:
    """Is an endless cell stopped at its limit, with its reason, and the rest graded?"""
    judged = bench.grade(double=loop, place=make_place(cell_seconds=3))
    assert verdicts(judged) == ["time", "time", "passed", "passed"]
    assert judged.problems[0].code == "time"


def test_a_cell_that_cannot_be_interrupted(bench: Any, make_place: Any) -> None:
    """Is a cell that ignores interrupts ended by force?"""
    stubborn = """
        while True:
            try:
                while True: pass
            except BaseException: pass
    """
    judged = bench.grade(double=stubborn, place=make_place(cell_seconds=3))
    assert verdicts(judged) == ["time", "time", "passed", "passed"]


def test_an_endless_function(bench: Any, make_place: Any) -> None:
    """Does an endless function cost its own tests only?"""
    endless = """
        def double(x):
            while len(x) < 6:
                pass
            return x
    """
    judged = bench.grade(double=endless, place=make_place(cell_seconds=3))
    assert verdicts(judged) == ["time", "time", "passed", "passed"]


def test_the_time_of_the_notebook(bench: Any, make_place: Any) -> None:
    """Does the whole end at its limit, however many cells are slow?"""
    place = make_place(cell_seconds=3, notebook_seconds=5)
    judged = bench.grade(double="import time; time.sleep(9)", halve="time.sleep(9)", place=place)
    assert judged.seconds < 15
    assert set(verdicts(judged)) == {"time"}


EATERS = {
    "arrays": "import numpy as np\nx = []\nwhile True: x.append(np.ones(10**7))",
    "bytes": "x = b'x'\nwhile True: x += x",
    "children": """
        import os, time
        for i in range(6):
            if not os.fork():
                x = b'x' * (3 * 10**8); time.sleep(60); os._exit(0)
        time.sleep(60)
    """,
    "shared folder": """
        import sys, os, time
        folder = os.path.dirname([a for a in open('/proc/self/cmdline').read().split(chr(0))
                                  if a.endswith('kernel.json')][0])
        for i in range(9):
            open(f'{folder}/{i}', 'wb').write(bytes(20 * 2**20))
        time.sleep(60)
    """,
}


@pytest.mark.parametrize("eater", EATERS.values(), ids=EATERS)
def test_memory_eaters(bench: Any, eater: str) -> None:
    """Is a cell that eats memory stopped with its reason, and the rest graded?"""
    judged = bench.grade(double=eater)
    assert verdicts(judged) == ["memory", "memory", "passed", "passed"]
    assert judged.peak_memory_mb < 2500


def test_floods_of_output(bench: Any) -> None:
    """Is a flood cut in the notebook, and a notebook that only talks much graded?"""
    judged = bench.grade(
        double="""
            import sys
            print("begin"); print("x" * 10**6)
            def double(x):
                print("y" * 10**7, file=sys.stderr)
                return 2 * x
        """,
        halve="import time\nwhile True: print('z' * 10**5); time.sleep(0.001)",
    )
    assert verdicts(judged) == ["passed", "passed", "output", "output"]
    written = nbformat.writes(judged.notebook)
    assert "begin\\n" in written
    assert "[output cut after" in written
    assert len(written) < 10**6


def test_honest_noise_costs_nothing(bench: Any) -> None:
    """Do warnings, logging, progress bars and prints to both streams cost no point?"""
    judged = bench.grade(
        double="""
            import logging, os, sys, warnings
            from tqdm import tqdm
            logging.basicConfig(level="INFO")
            def double(x):
                warnings.warn("old", DeprecationWarning)
                logging.getLogger().error("an error")
                print("to stderr", file=sys.stderr)
                os.write(2, b"from C")
                for _ in tqdm(range(3)): pass
                from IPython.display import display
                display("shown")
                return 2 * x
            double(1.0)
        """,
        halve="""
            %matplotlib inline
            !ls /
            sum = list = 3
            halve = lambda x: (x / 2).astype("float32")
        """,
    )
    assert sum(points(judged).values()) == 6


ATTACKS = {
    "displayhook": """
        def double(x):
            import sys
            sys.displayhook("ok"); sys.displayhook(3)
            return x
    """,
    "equal to everything": """
        class Equal:
            def __eq__(self, other): return True
            def __ne__(self, other): return False
            __lt__ = __gt__ = __le__ = __ge__ = __eq__
            def __sub__(self, other): return 0
            __rsub__ = __abs__ = __mul__ = __sub__
            shape, dtype, size = (2,), float, 2
        def double(x): return Equal()
    """,
    "lying array": """
        import numpy as np
        class Liar(np.ndarray):
            def __eq__(self, other): return np.True_
            def __array_ufunc__(self, *a, **k): return np.zeros(2)
            def __array_function__(self, *a, **k): return True
        def double(x): return x.view(Liar)
    """,
    "builtins and numpy": """
        import builtins, numpy as np, numpy.testing
        builtins.sum = builtins.abs = builtins.all = lambda *a, **k: True
        builtins.AssertionError = builtins.Exception = ZeroDivisionError
        np.mean = np.isclose = np.allclose = np.asarray = lambda *a, **k: np.True_
        np.testing.assert_allclose = lambda *a, **k: None
        def double(x): return x
    """,
    "labkit": """
        import labkit, labkit.compare, labkit.checks
        labkit.Check.close = labkit.Check.true = lambda *a, **k: None
        labkit.compare.differs_in_numbers = lambda *a, **k: None
        def double(x): return x
    """,
    "shell": """
        shell = get_ipython()
        async def well(*a, **k): return {"status": "ok", "execution_count": 1,
                                         "user_expressions": {}, "payload": []}
        shell.run_code = well
        shell.kernel.do_execute = well
        shell.showtraceback = None
        def double(x): return x
    """,
    "transformers": """
        import ast
        class Drop(ast.NodeTransformer):
            def visit_Assert(self, node): return ast.Pass()
            def visit_With(self, node): return ast.Pass()
        get_ipython().ast_transformers.append(Drop())
        get_ipython().input_transformers_post.append(lambda lines: ["pass"])
        def double(x): return x
    """,
    "agent": """
        from grading.inside import agent, values, wire
        shell = get_ipython()
        agent.OPERATIONS["call"] = lambda *a: "passed"
        agent.Agent._do = lambda self, frame, encoder: {"value": True, "verdict": "passed",
                                                        "points": 99, "answer": 1}
        def double(x): return x
    """,
    "forged frames": """
        import gc, json, socket
        def send(body):
            text = json.dumps(body).encode()
            wire.sendall(len(text).to_bytes(4, "big") + bytes(4) + text)
        wire = next(o for o in gc.get_objects() if isinstance(o, socket.socket)
                    and o.family == socket.AF_UNIX)
        for number in range(1, 9):
            send({"answer": number, "value": None, "verdict": "passed", "points": 9})
        send({"verdict": "passed", "points": 9})
        def double(x): return x
    """,
    "forged messages": """
        kernel = get_ipython().kernel
        for content in ({"text": 5}, [], {"name": 1}, {"execution_state": "idle"},
                        {"data": {"text/plain": 7}, "metadata": [], "execution_count": "x"}):
            for kind in ("stream", "status", "execute_result", "display_data", "error", "x" * 99):
                kernel.session.send(kernel.iopub_socket, kind, content,
                                    parent=kernel.get_parent())
        kernel.iopub_socket.send_multipart([b"nonsense"] * 9)
        def double(x): return x
    """,
    "frames": """
        import sys, inspect
        def double(x):
            frame = sys._getframe()
            while frame:
                for name, value in list(frame.f_locals.items()):
                    if name in ("want", "expected"): return value
                frame = frame.f_back
            return x
    """,
    "history": """
        def double(x):
            import re
            found = re.findall(r"\\[\\[?.*\\]", str(In[-1]))
            return eval(found[0]) if found else x
    """,
    "in place": """
        def double(x):
            x[...] = 0
            return x
    """,
    "posing": """
        from grading.inside import agent
        class Pose: pass
        agent.Agent._describe = lambda self, value, encoder: {
            "t": "live", "on": 1, "is_class": False, "classes": [["numpy", "ndarray"]]}
        def double(x): return Pose()
    """,
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_attacks_earn_nothing(bench: Any, attack: str) -> None:
    """Does a wrong answer stay wrong, whatever else the notebook does?"""
    judged = bench.grade(double=attack)
    assert points(judged)["test_double"] == 0
    assert points(judged)["hidden_double"] == 0
    assert sum(points(judged).values()) <= 3
    nbformat.validate(judged.notebook)


def test_nothing_to_find(bench: Any) -> None:
    """Is the text of a hidden test, or a key, nowhere within a student's reach?"""
    judged = bench.grade(
        double="""
            import gc, os, sys
            import re
            found = []
            def look(where, text):
                if re.search("o[k]api|a course ke[y]", text): found.append(where)
            def search():
                for top in ("/course", "/data", "/home", "/tmp", "/etc", "COURSE"):
                    for folder, below, names in os.walk(top):
                        if ".venv" in below: below.remove(".venv")  # the packages
                        for name in names:
                            name = folder + "/" + name
                            try: look(name, open(name, errors="replace").read(10**6))
                            except OSError: pass
                for pid in filter(str.isdigit, os.listdir("/proc")):
                    for name in ("environ", "cmdline"):
                        try: look(pid + name, open(f"/proc/{pid}/{name}").read())
                        except OSError: pass
                look("history", repr(In))
                frame = sys._getframe(1)
                while frame:
                    if frame.f_globals is not globals(): look("frame", repr(frame.f_locals)[:10**6])
                    frame = frame.f_back
                for thing in gc.get_objects():
                    if type(thing) in (dict, list, tuple) and thing is not globals():
                        for item in list(thing.values() if type(thing) is dict else thing):
                            if type(item) in (str, bytes) and len(item) < 10**5:
                                look("object", str(item))
            def double(x):
                search()
                return 2 * x
            search()
        """.replace("COURSE", str(ROOT)),
        extra="print(sorted(set(found)), len(In) > 2)",
    )
    assert sum(points(judged).values()) == 6
    assert text_of(judged) == "[] True\n"


def test_what_a_student_sees(bench: Any) -> None:
    """Are the solution, the tests' code and the grader outside of the student's world?"""
    judged = bench.grade(
        extra="""
            import os
            print(sorted(os.listdir("/course/grading")), os.listdir("/course/grading/inside") != [])
            print([name for name in os.environ if "KEY" in name or "NBGRADER" in name])
            project = os.listdir("COURSE") if os.path.exists("COURSE") else []
            print([name for name in project if name != ".venv"], os.getuid() != 0)
        """.replace("COURSE", str(ROOT))
    )
    lines = text_of(judged).splitlines()
    assert lines == ["['__init__.py', 'inside'] True", "[]", "[] True"]


def test_a_second_connection(bench: Any) -> None:
    """Is a student's own connection to the referee never served?"""
    judged = bench.grade(
        double="""
            import socket
            path = open("/proc/self/cmdline").read().split(chr(0))[-2]
            early = socket.socket(socket.AF_UNIX)
            early.connect(path)
            early.sendall(bytes(100))
            def double(x): return 2 * x
        """,
        extra="""
            late = socket.socket(socket.AF_UNIX)
            try: late.connect(path); print("connected")
            except OSError as error: print(type(error).__name__)
        """,
    )
    assert sum(points(judged).values()) == 6
    assert text_of(judged) == "ConnectionRefusedError\n"


def test_files_beside_do_not_shadow(bench: Any) -> None:
    """Are modules that a student writes into the working folder imported by nobody else?"""
    judged = bench.grade(
        double="""
            for name in ("random", "labkit", "ast", "numpy"):
                open(name + ".py", "w").write("raise RuntimeError")
            import importlib, random; importlib.reload(random)
            def double(x): return 2 * x
        """
    )
    assert sum(points(judged).values()) == 6


def test_daemons_end(bench: Any) -> None:
    """Does what a student left running end with the sandbox? (`no_traces` looks)"""
    judged = bench.grade(
        double="""
            import os, time, subprocess
            subprocess.Popen(["setsid", "sleep", "600"])
            if not os.fork():
                os.setsid()
                if not os.fork(): time.sleep(600)
                os._exit(0)
            def double(x): return 2 * x
        """
    )
    assert sum(points(judged).values()) == 6


def test_a_deep_tree_of_folders(bench: Any) -> None:
    """Are folders nested by the thousand removed again?"""
    judged = bench.grade(
        double="""
            import os
            folder = os.path.dirname([a for a in open('/proc/self/cmdline').read().split(chr(0))
                                      if a.endswith('kernel.json')][0])
            os.chdir(folder)
            for i in range(3000):
                os.mkdir("d"); os.chdir("d")
        """
    )
    assert points(judged)["test_double"] == 0


def test_a_broken_lab(bench: Any) -> None:
    """Is a lab whose own given cell fails in the referee nobody's wrong answer?"""
    bench.lab.source.cells[1].source += "\n1 / 0"
    try:
        with pytest.raises(LabBroken, match="ZeroDivisionError"):
            bench.grade()
    finally:
        bench.lab.source.cells[1].source = bench.lab.source.cells[1].source[: -len("\n1 / 0")]


def test_the_same_twice(bench: Any) -> None:
    """Is a hash of a text the same in every run, so that the order of a set is?"""
    first, second = (text_of(bench.grade(extra="print(hash('x'))")) for _ in range(2))
    assert first == second != ""
