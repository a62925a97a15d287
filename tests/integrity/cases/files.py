"""What is wrong with a file: marks that claim more, copies, links, formats, damage; and honest oddities.

A case changes the notebook as JSON, as a student with an editor can, and writes what is handed in.
"""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.integrity.case import WRONG, Case

Notebook = dict[str, Any]
Change = Callable[[Notebook], None]
Shape = Callable[[Notebook, Path, str], None]
TESTS = ("hidden_f", "test_f", "hidden_f_partial")


def cell(notebook: Notebook, id: str) -> dict[str, Any]:
    """Return the first cell of an id."""
    return next(one for one in notebook["cells"] if one.get("id") == id)


def marks(notebook: Notebook, id: str) -> dict[str, Any]:
    """Return what nbgrader has written into a cell."""
    return cell(notebook, id)["metadata"]["nbgrader"]


def new(source: str, **metadata: Any) -> dict[str, Any]:
    """Return a code cell."""
    return {"cell_type": "code", "execution_count": None, "id": "new", "metadata": metadata,
            "outputs": [], "source": source}  # fmt: skip


def save(notebook: Notebook, folder: Path, name: str, **dumps: Any) -> None:
    """Write a notebook as editors do."""
    text = json.dumps(notebook, indent=1, ensure_ascii=False, **dumps)
    (folder / f"{name}.ipynb").write_text(text + "\n", encoding="utf-8")


def changed(change: Change) -> Shape:
    """A notebook that was changed and handed in under its own name."""

    def write(notebook: Notebook, folder: Path, name: str) -> None:
        change(notebook)
        save(notebook, folder, name)

    return write


def encoded(encode: Callable[[str], bytes]) -> Shape:
    """A notebook in another encoding."""

    def write(notebook: Notebook, folder: Path, name: str) -> None:
        (folder / f"{name}.ipynb").write_bytes(encode(json.dumps(notebook, indent=1)))

    return write


def data(content: bytes) -> Shape:
    """Something else under the notebook's name."""

    def write(notebook: Notebook, folder: Path, name: str) -> None:
        (folder / f"{name}.ipynb").write_bytes(content)

    return write


def trick(id: str, title: str, shape: Shape) -> Case:
    """A wrong answer in a file that claims more."""
    return Case(id, title, cells={"f": WRONG}, shape=shape, alone=True)


def honest(id: str, title: str, shape: Shape) -> Case:
    """The solution in an odd file: worth all points."""
    return Case(id, title, shape=shape, truth=None, alone=True)


def refused(id: str, title: str, shape: Shape, outcome: str = "unreadable") -> Case:
    """What is no notebook: no points, a reason, and the next submission is graded."""
    return Case(id, title, shape=shape, outcome=outcome, alone=True)


# --- marks ---


def _points(notebook: Notebook) -> None:
    for id in TESTS:
        marks(notebook, id)["points"] = 100


def _renamed(notebook: Notebook) -> None:
    marks(notebook, "test_f")["grade_id"] = "unknown"


def _ungraded(notebook: Notebook) -> None:
    for id in TESTS:
        marks(notebook, id)["grade"] = False


def _as_solution(notebook: Notebook) -> None:
    for id in TESTS:
        marks(notebook, id)["solution"] = True
        cell(notebook, id)["source"] = "pass"


def _unmarked(notebook: Notebook) -> None:
    for id in TESTS:
        del cell(notebook, id)["metadata"]["nbgrader"]


def _without_tests(notebook: Notebook) -> None:
    notebook["cells"] = [one for one in notebook["cells"] if one["id"] not in TESTS]


def _empty(notebook: Notebook) -> None:
    notebook["cells"] = []


def _doubled(notebook: Notebook) -> None:
    for id in TESTS:
        twin = copy.deepcopy(cell(notebook, id))
        twin["source"], twin["id"] = "pass", f"{id}-2"
        notebook["cells"].append(twin)


def _own_graded(notebook: Notebook) -> None:
    marks(notebook, "f").update(grade=True, points=50)


def _bonus(notebook: Notebook) -> None:
    mark = {"grade": True, "grade_id": "bonus", "locked": False, "points": 50, "schema_version": 3,
            "solution": False, "task": False}  # fmt: skip
    notebook["cells"].append(new("pass", nbgrader=mark))


def _raw(notebook: Notebook) -> None:
    for id in TESTS:
        one = cell(notebook, id)
        one["cell_type"] = "raw"
        del one["outputs"], one["execution_count"]


def _setup(notebook: Notebook) -> None:
    cell(notebook, "a-lab-2")["source"] += "\nimport sys\nsys.modules['labkit'].Check = print"


def _schema(value: object) -> Change:
    def change(notebook: Notebook) -> None:
        marks(notebook, "test_f")["schema_version"] = value

    return change


def _huge_names(notebook: Notebook) -> None:
    one = cell(notebook, "test_f")
    one["id"] = "x" * 10**6
    one["metadata"]["nbgrader"]["grade_id"] = "../" * 3 * 10**5 + "x"


# --- folders ---


def _link_to_source(notebook: Notebook, folder: Path, name: str) -> None:
    (folder / f"{name}.ipynb").symlink_to(f"../../../source/{name}/{name}.ipynb")


def _links_beside(notebook: Notebook, folder: Path, name: str) -> None:
    save(notebook, folder, name)
    (folder / "data.csv").symlink_to("/etc/ld.so.cache")
    (folder / "loop").symlink_to(".")
    (folder / "src").symlink_to("../../../source")


def _pipe_beside(notebook: Notebook, folder: Path, name: str) -> None:
    save(notebook, folder, name)
    os.mkfifo(folder / "pipe")


def _early(notebook: Notebook, folder: Path, name: str) -> None:
    save(notebook, folder, name)
    (folder / "timestamp.txt").write_text("2001-01-01 00:00:00 UTC", encoding="utf-8")


def _no_time(notebook: Notebook, folder: Path, name: str) -> None:
    save(notebook, folder, name)
    (folder / "timestamp.txt").write_bytes(b"2024\x00-13-45")


def _program(notebook: Notebook, folder: Path, name: str) -> None:
    (folder / f"{name}.py").write_text("def f(x): return 3", encoding="utf-8")


def _sparse(notebook: Notebook, folder: Path, name: str) -> None:
    save(notebook, folder, name)
    os.truncate(folder / f"{name}.ipynb", 500 * 2**20)


def _other_name(file: str) -> Shape:
    def write(notebook: Notebook, folder: Path, name: str) -> None:
        path = folder / file.replace("NAME", name)
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(notebook), encoding="utf-8")

    return write


def _copies(notebook: Notebook, folder: Path, name: str) -> None:
    save(notebook, folder, name)
    spoilt = copy.deepcopy(notebook)
    cell(spoilt, "f")["source"] = WRONG
    for file in (f"{name}-Copy1", f".ipynb_checkpoints/{name}-checkpoint", "notes"):
        (folder / file).parent.mkdir(exist_ok=True)
        save(spoilt, folder, file)


# --- editors ---


def _crlf(notebook: Notebook) -> None:
    for one in notebook["cells"]:
        one["source"] = one["source"].replace("\n", "\r\n")


def _without_ids(minor: int) -> Change:
    def change(notebook: Notebook) -> None:
        notebook["nbformat_minor"] = minor
        for one in notebook["cells"]:
            del one["id"]

    return change


def _minor(minor: int) -> Change:
    def change(notebook: Notebook) -> None:
        notebook["nbformat_minor"] = minor

    return change


def _equal_ids(notebook: Notebook) -> None:
    for one in notebook["cells"]:
        one["id"] = "same"


def _colab(notebook: Notebook) -> None:
    _without_ids(0)(notebook)
    notebook["metadata"] = {"accelerator": "GPU", "colab": {"provenance": [], "gpuType": "T4"},
                            "kernelspec": {"name": "python3", "display_name": "Python 3"}}  # fmt: skip
    for number, one in enumerate(notebook["cells"]):
        one["metadata"] |= {"id": f"aB{number}xY", "colab": {"base_uri": "https://localhost/"}}
        if one["cell_type"] == "code":
            one["metadata"]["outputId"] = f"{number:08}-0000-0000-0000-000000000000"


def _bare(notebook: Notebook) -> None:
    _without_ids(4)(notebook)
    notebook["metadata"] = {}
    for one in notebook["cells"]:
        one["metadata"] = {}


def _vs_code(notebook: Notebook) -> None:
    notebook["metadata"]["kernelspec"] = {
        "display_name": ".venv (3.12.1)", "language": "python", "name": ".venv",
    }  # fmt: skip
    for one in notebook["cells"]:
        one["metadata"]["vscode"] = {"languageId": "python"}


def _kernel_of_r(notebook: Notebook) -> None:
    notebook["metadata"] = {"kernelspec": {"display_name": "R", "language": "R", "name": "ir"}}


def _heavy_output(notebook: Notebook) -> None:
    text = "0123456789abcdef" * 4 * 2**14 + "\n"
    output = {"name": "stdout", "output_type": "stream", "text": [text] * 30}
    cell(notebook, "f")["outputs"] = [output]


def _widgets(notebook: Notebook) -> None:
    kind = "application/vnd.jupyter.widget-state+json"
    notebook["metadata"]["widgets"] = {
        kind: {"version_major": 2, "state": {"a": {"model_name": "x"}}}
    }
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "a", "version_major": 2}}
    cell(notebook, "f")["outputs"] = [{"output_type": "display_data", "data": view, "metadata": {}}]


def _missing_keys(notebook: Notebook) -> None:
    for one in notebook["cells"]:
        one.pop("outputs", None)
        one.pop("execution_count", None)


def _as_lines(notebook: Notebook) -> None:
    for one in notebook["cells"]:
        one["source"] = one["source"].splitlines(keepends=True)


def _not_a_number(notebook: Notebook) -> None:
    cell(notebook, "f")["metadata"]["heading"] = float("nan")


def _without_task(notebook: Notebook) -> None:
    for one in notebook["cells"]:
        one["metadata"].get("nbgrader", {}).pop("task", None)


def _split(notebook: Notebook) -> None:
    place = notebook["cells"].index(cell(notebook, "f"))
    first, second = (copy.deepcopy(notebook["cells"][place]) for _ in range(2))
    first["source"] = "def squares(x):\n    return float(np.sum(np.square(x)))"
    second["source"], second["id"] = "def f(x):\n    return 3 + squares(x)", "f-2"
    notebook["cells"][place : place + 1] = [first, second]


def _copied_test(notebook: Notebook) -> None:
    place = notebook["cells"].index(cell(notebook, "test_f"))
    twin = copy.deepcopy(notebook["cells"][place])
    twin["source"], twin["id"] = "print(f([1, 2]))  # what comes?", "test_f-2"
    notebook["cells"].insert(place, twin)


def _empty_mark(notebook: Notebook) -> None:
    notebook["cells"].insert(2, new("1 + 1", nbgrader={}))


def _as_text(notebook: Notebook) -> None:
    one = cell(notebook, "f")
    one["cell_type"] = "markdown"
    del one["outputs"], one["execution_count"]


def _at_the_end(notebook: Notebook) -> None:
    one = cell(notebook, "f")
    notebook["cells"].remove(one)
    notebook["cells"].append(one)


def _old_format(notebook: Notebook, folder: Path, name: str) -> None:
    cells = []
    for one in notebook["cells"]:
        old = {"cell_type": one["cell_type"], "metadata": one["metadata"]}
        if one["cell_type"] == "code":
            old |= {"input": one["source"], "language": "python", "outputs": [], "collapsed": False}
        else:
            old |= {"source": one["source"]}
        cells.append(old)
    old_notebook = {"metadata": {"name": name}, "nbformat": 3, "nbformat_minor": 0,
                    "worksheets": [{"cells": cells, "metadata": {}}]}  # fmt: skip
    (folder / f"{name}.ipynb").write_text(json.dumps(old_notebook), encoding="utf-8")


def _answer(source: str) -> Shape:
    def change(notebook: Notebook) -> None:
        cell(notebook, "f")["source"] = source

    return changed(change)


CASES = (
    trick("T01", "the tests' marks say 100 points each", changed(_points)),
    trick("T03", "a test's mark has another name", changed(_renamed)),
    trick("T04", "the tests' marks say that they are not graded", changed(_ungraded)),
    trick("T05", "the tests are marked as solutions and hold `pass`", changed(_as_solution)),
    trick("T06", "the tests have no mark", changed(_unmarked)),
    trick("T07", "the tests are deleted", changed(_without_tests)),
    trick("T08", "all cells are deleted", changed(_empty)),
    trick("T09", "every test is there twice, the second time as `pass`", changed(_doubled)),
    trick("T14", "the answer's own cell is marked as graded, with 50 points", changed(_own_graded)),
    trick("T15", "a new cell is marked as graded, with 50 points", changed(_bonus)),
    trick("T16", "the tests are raw cells", changed(_raw)),
    trick("T17", "a given cell has other text", changed(_setup)),
    trick("T40", "brings a time stamp of its own", _early),
    Case("T41", "the notebook is a link to the lab's source", shape=_link_to_source, outcome="link", alone=True),
    honest("B18", "a mark is of schema 2", changed(_schema(2))),
    honest("B19", "a mark is of schema 99", changed(_schema(99))),
    honest("B20", "a mark is of schema x", changed(_schema("x"))),
    refused("B26", "JSON that breaks off", data(b'{"cells": [{"cell_type": "code", "sou')),
    refused("B27", "an empty file", data(b"")),
    refused("B28", "bytes that are no text", data(bytes(range(128, 256)) * 9)),
    refused("B29", "a JSON list", data(b"[1, 2, 3]")),
    refused("B30", "100,000 nested brackets", data(b"[" * 100_000)),
    refused("B31", "a notebook of format 5", data(b'{"nbformat": 5, "metadata": {}}')),
    refused("B32", "an object without cells", data(b'{"nbformat": 4, "nbformat_minor": 5}')),
    honest("B33", "a time stamp that is none", _no_time),
    honest("B35", "links to files and folders of the machine beside it", _links_beside),
    honest("B36", "a pipe beside it", _pipe_beside),
    refused("B45", "a program, no notebook", _program, "missing"),
    refused("B45.nothing", "nothing", lambda notebook, folder, name: None, "missing"),
    refused("B51", "500 MB", _sparse, "too_large"),
    honest("B52", "names of a megabyte, and such that climb", changed(_huge_names)),
    honest("F01", "Windows' line ends in the cells", changed(_crlf)),
    honest("F02", "Windows' line ends in the file",
           encoded(lambda text: text.replace("\n", "\r\n").encode())),
    honest("F03", "a byte order mark", encoded(lambda text: text.encode("utf-8-sig"))),
    honest("F04", "UTF-16", encoded(lambda text: text.encode("utf-16"))),
    honest("F05", "format 4.2, which has no cell ids", changed(_without_ids(2))),
    honest("F05.colab", "format 4.0", changed(_without_ids(0))),
    honest("F06", "no cell ids though it says 4.5", changed(_without_ids(5))),
    honest("F07", "cell ids though it says 4.4", changed(_minor(4))),
    honest("F08", "all cells have the same id", changed(_equal_ids)),
    honest("F10", "saved by Colab", changed(_colab)),
    honest("F11", "no metadata at all, as in a new notebook", changed(_bare)),
    honest("F12", "saved by VS Code, with another kernel", changed(_vs_code)),
    honest("F13", "says that it is written in R", changed(_kernel_of_r)),
    honest("F14", "30 MB of saved output", changed(_heavy_output)),
    honest("F15", "widgets", changed(_widgets)),
    honest("F16", "names and text in other scripts", _answer(
        "def f(x):\n    сумма = sum(float(é) ** 2 for é in x)  # 平方和 🎲\n    return 3 + сумма")),
    honest("F25", "renamed by a download", _other_name("NAME (1).ipynb")),
    honest("F25.copy", "renamed by Jupyter", _other_name("NAME-Copy1.ipynb")),
    honest("F26", "in a folder", _other_name("my work/NAME.ipynb")),
    honest("F27", "wrong copies beside it", _copies),
    honest("F28", "format 3", _old_format),
    honest("F29", "no outputs, no counts", changed(_missing_keys)),
    honest("F29.lines", "text as lists of lines", changed(_as_lines)),
    honest("F29.nan", "NaN in its JSON", changed(_not_a_number)),
    honest("F30", "marks without the newest key", changed(_without_task)),
    honest("F31", "the answer's cell was split", changed(_split)),
    honest("F32", "a test was copied to try things", changed(_copied_test)),
    honest("F34", "an empty mark", changed(_empty_mark)),
    honest("F36", "the answer's cell became text by a key press", changed(_as_text)),
    honest("F38", "the answer stands below its tests", changed(_at_the_end)),
    honest("F59", "a line of 2 MB", _answer(
        f"TEXT = '{'x' * 2 * 10**6}'\ndef f(x):\n    return 3 + sum(float(n) ** 2 for n in x)")),
    honest("F60", "tabs and spaces at line ends", _answer(
        "def f(x):  \n\tvalue = 3.0 \n\tfor n in x:\t\n\t\tvalue += float(n) ** 2\n\treturn value  ")),
)  # fmt: skip
