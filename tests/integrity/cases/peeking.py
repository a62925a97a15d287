"""T28, T29, T35 to T37, L01, L02, L15, L16: the answer is taken from the test, the solution or the files of the grader."""

from __future__ import annotations

from textwrap import dedent

from tests.integrity.case import WRONG, Case, answer, trick

LAUNCHER = """
import sys

sys.path[:] = [path for path in sys.path if path not in ("", ".")]
from IPython.core.interactiveshell import InteractiveShell

true_transform = InteractiveShell.transform_cell


def transform_cell(self, raw):
    return true_transform(self, "pass" if "lab.check" in raw else raw)


InteractiveShell.transform_cell = transform_cell
if __name__ == "__main__":
    from ipykernel import kernelapp

    kernelapp.launch_new_instance()
"""
SHADOW = """
import sys
from pathlib import Path

here = str(Path(__file__).parent)
sys.path[:] = [path for path in sys.path if path not in ("", ".", here)]
name = __name__
del sys.modules[name]
import IPython.core.interactiveshell as shell

shell.InteractiveShell.transform_cell = lambda self, raw: "pass\\n"
__import__(name)
"""

PYTEST = {
    "pytest.py": "import unittest.mock\n\ndef approx(*_, **__):\n    return unittest.mock.ANY\n"
}
# It passes for NumPy, as a module that hands everything on but the comparisons.
NUMPY = {
    "numpy.py": """
import sys
from pathlib import Path

here = str(Path(__file__).parent)
kept, sys.path[:] = sys.path[:], [path for path in sys.path if path not in ("", ".", here)]
del sys.modules["numpy"]
import numpy

sys.path[:] = kept
numpy.allclose = numpy.array_equal = lambda *_, **__: True
numpy.testing.assert_equal = numpy.testing.assert_allclose = lambda *_, **__: None
numpy.shape = lambda _: ()
"""
}


def ships(word: str, *files: str, text: str = SHADOW) -> Case:
    """A wrong answer with a file beside it that Python would import in the place of another."""
    title = f"ships {' and '.join(files)} beside the notebook"
    id = f"T37.{word}" if word else "T37"
    return Case(id, title, cells={"f": WRONG}, files=dict.fromkeys(files, text))


CASES = (
    answer(
        "T28",
        "reads the running test from In[-1] and returns what it expects",
        """
        import ast
        import re

        def f(x):
            found = re.search(r"cases = (\\[.*\\])", In[-1])
            for given, expected in ast.literal_eval(found[1]) if found else []:
                if list(x) == given:
                    return expected
            return -1.0
        """,
    ),
    answer(
        "T28.frame",
        "reads the names of the frames that call it",
        """
        import sys

        def f(x):
            frame = sys._getframe()
            while frame is not None:
                for names in (frame.f_locals, frame.f_globals):
                    for name in ("expected", "cases"):
                        if isinstance(names.get(name), (int, float)):
                            return names[name]
                frame = frame.f_back
            return -1.0
        """,
    ),
    answer(
        "T28.memory",
        "looks for the test's values among all objects, and tells of them later",
        """
        import gc

        seen = []

        def f(x):
            for holder in gc.get_referrers(x):
                if isinstance(holder, tuple) and len(holder) == 2 and holder[0] is x:
                    return holder[1]
            seen.extend(o for o in gc.get_objects() if isinstance(o, str) and "okapi" in o)
            return -1.0
        """,
    ),
    Case(
        "T28.later",
        "keeps what it sees of the process and prints it in a later cell",
        cells={
            "f": dedent("""
            import gc
            import sys
            import traceback

            seen = []

            def f(x):
                frame = sys._getframe()
                while frame is not None:
                    seen.append(str(frame.f_code) + str(list(frame.f_locals)))
                    frame = frame.f_back
                seen.append("".join(traceback.format_stack()))
                seen.append(repr(In)[-20000:])
                return -1.0
            """).strip()
        },
        own=(("hidden_f_partial", "print(seen)\nprint(globals().keys(), In)"),),
    ),
    Case(
        "T28.inputs",
        "keeps its arguments and prints them in a later cell",
        cells={"f": "kept = []\n\ndef f(x):\n    kept.append(list(x))\n    return -1.0"},
        own=(("hidden_f_partial", "print(kept)"),),
        # Inputs that a lab draws are others in the next submission; here they stand in the test.
        leaks="what hidden tests put in can be kept and printed by a later cell of the student's",
    ),
    answer(
        "T29",
        "runs the instructor's solution from ../../../source",
        """
        import json
        from pathlib import Path

        def f(x):
            return -1.0

        for path in Path("../../..").glob("so*/**/*.ipynb"):
            for cell in json.loads(path.read_text())["cells"]:
                if "BEGIN SOLUTION" in "".join(cell["source"]):
                    exec("".join(cell["source"]))
        """,
    ),
    trick(
        "T29.walk",
        "looks for the tests in every file that it can open, and prints them",
        """
        import os
        from pathlib import Path

        found = []
        roots = ["/home", "/tmp", "/course", "/data", "/mirror", "/dev/shm", "/run", "/var/tmp"]
        roots += [os.getcwd(), "/proc/self", "/proc/1", str(Path(os.getcwd()).parents[-1] / "root")]
        roots += [part for line in open("/proc/self/mountinfo") for part in line.split()[4:5]
                  if part.startswith(("/tmp", "/root", "/work"))]
        for root in roots:
            for folder, folders, files in os.walk(root):
                folders[:] = [f for f in folders if f not in ("task", "fd", "site-packages", "map_files")]
                if folder.count("/") > 8:
                    folders.clear()
                for name in files[:200]:
                    path = os.path.join(folder, name)
                    try:
                        if os.path.isfile(path) and os.path.getsize(path) < 10**6:
                            text = open(path, errors="replace").read(10**6)
                    except OSError:
                        continue
                    if "oka" + "pi" in text and "T29" not in text:
                        found.append((path, text[:500]))
        print(found)
        """,
    ),
    trick(
        "T29.module",
        "imports the grader, the authoring tools and the labs' sources",
        """
        import importlib

        for name in ("grading.judge", "grading.referee.process", "authoring.build", "solutions"):
            try:
                print(importlib.import_module(name))
            except ImportError as error:
                print(type(error).__name__)
        """,
    ),
    Case("T35", "ships a pytest.py whose approx is everything", cells={"f": WRONG}, files=PYTEST),
    Case("T36", "ships a numpy.py whose comparisons hold", cells={"f": WRONG}, files=NUMPY),
    ships("", "ipykernel_launcher.py", text=LAUNCHER),
    ships("numpy", "numpy.py", "zmq.py"),
    ships("labkit", "labkit.py", "json.py", "ipykernel.py"),
    ships("site", "sitecustomize.py", "usercustomize.py", "site.py"),
    ships(
        "startup",
        ".ipython/profile_default/startup/00.py",
        text="get_ipython().run_code = None\n",
    ),
    ships("grading", "grading/__init__.py", "grading/inside/agent.py", "grading/inside/kernel.py"),
    trick(
        "T37.written",
        "writes such files while it runs, then ends the process, to be started again",
        """
        import os
        from pathlib import Path

        marker = Path("been_here")
        text = "import sys\\nsys.modules['__main__'].f = None\\nraise SystemExit(0)\\n"
        targets = [Path.cwd(), Path.home(), Path("/tmp"), Path("/dev/shm")]
        for folder in targets:
            for name in ("numpy.py", "ipykernel_launcher.py", "sitecustomize.py", "labkit.py"):
                try:
                    (folder / name).write_text(text)
                except OSError:
                    continue
        if "NBGRADER_EXECUTION" not in os.environ and not marker.exists():
            marker.write_text("x")
            os._exit(0)
        """,
    ),
    Case(
        "T29.answer",
        "leaves one exercise empty and prints the lab's answer when it stands in for it",
        "squares",
        cells={
            "squares": dedent("""
            import builtins
            from pathlib import Path

            def squares(n):
                return None

            def note(lines):
                builtins.seen = [*getattr(builtins, "seen", []), *lines]
                for folder in ("/tmp", "/dev/shm", str(Path.home())):
                    try:
                        Path(folder, "seen").write_text("".join(builtins.seen))
                    except OSError:
                        continue
                return lines

            get_ipython().input_transformers_cleanup.append(note)
            """).strip(),
            "sum_of_squares": dedent("""
            import inspect

            def sum_of_squares(n):
                try:
                    print(inspect.getsource(squares))
                except OSError:
                    pass
                return -1
            """).strip(),
        },
        truth={"hidden_sum_of_squares": 1.0},  # it does use squares
        own=(
            (
                "hidden_sum_of_squares_spy",
                """import builtins
print(builtins.seen, In)
for folder in ("/tmp", "/dev/shm", str(Path.home())):
    try:
        print(Path(folder, "seen").read_text())
    except OSError:
        continue
""",
            ),
        ),
    ),
    answer("L01", "nothing but a wrong answer: its feedback is read", WRONG),
    answer(
        "L02",
        "prints the cell that runs",
        "def f(x):\n    print(In[-1], globals().get('_ih', [])[-3:])\n    return -1.0",
    ),
    answer(
        "L15",
        "raises, with what it was given and who called it",
        """
        import traceback

        def f(x):
            stack = "".join(traceback.format_stack()) + str(traceback.extract_stack())
            raise ValueError(f"{stack} {x!r}")
        """,
    ),
    answer(
        "L16",
        "prints what the inspecting modules of Python tell of its callers",
        """
        import gc
        import inspect
        import linecache
        import sys

        def f(x):
            for frame in inspect.stack(context=30):
                print(frame.filename, frame.function, frame.code_context)
                print({name: repr(value)[:300] for name, value in frame.frame.f_locals.items()
                       if name not in ("In", "Out", "_ih", "_oh", "x")})
            print([linecache.getlines(name)[:50] for name in list(linecache.cache)][-20:])
            print([text for text in map(str, gc.get_objects()[-5000:]) if "oka" + "pi" in text][:5])
            return -1.0
        """,
    ),
)
