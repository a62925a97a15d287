"""Reading what a student handed in: honest oddities are read, the rest is refused with a reason."""

from __future__ import annotations

import codecs
import contextlib
import copy
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.notebooknode import NotebookNode

from grading.errors import Unreadable
from grading.submission import MAX_CELLS, parse_notebook, read_submission

NAME = "lab"
CODE = 'def double(x):\n    return "é" * x'


def notebook(**cell: Any) -> dict[str, Any]:
    """Make a notebook of one code cell, as plain JSON."""
    whole = {"cell_type": "code", "id": "double", "source": CODE, "metadata": {}, "outputs": []}
    return {"cells": [{**whole, **cell}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def data_of(content: object) -> bytes:
    """Write plain JSON."""
    return json.dumps(content, ensure_ascii=False).encode()


def write(folder: Path, name: str = f"{NAME}.ipynb", content: bytes | None = None) -> Path:
    """Put a notebook into a folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data_of(notebook()) if content is None else content)
    return path


ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "UTF-8": lambda text: text.encode(),
    "UTF-8 with a byte order mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16, big end first": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "UTF-16 without a mark": lambda text: text.encode("utf-16-le"),
    "CRLF in the file": lambda text: text.replace("\n", "\r\n").encode(),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_file_may_be_encoded_as_editors_do(encoding: str) -> None:
    """Is the same text read from every encoding that an editor may have chosen?"""
    text = json.dumps(notebook(), ensure_ascii=False, indent=1)
    (cell,) = parse_notebook(ENCODINGS[encoding](text))
    assert cell.source == CODE


@pytest.mark.parametrize(
    "source",
    [
        CODE,
        CODE.splitlines(keepends=True),
        CODE.replace("\n", "\r\n"),
        CODE.replace("\n", "\r"),
        [*CODE.splitlines(keepends=True), 7, None],
    ],
    ids=["string", "list", "CRLF", "CR", "with strangers"],
)
def test_source_forms(source: object) -> None:
    """Is a cell's text read from each of the forms that programs write?"""
    assert parse_notebook(data_of(notebook(source=source)))[0].source == CODE


@pytest.mark.parametrize("source", [None, 7, {"a": 1}, []])
def test_no_source(source: object) -> None:
    """Is something that is no text an empty cell?"""
    assert parse_notebook(data_of(notebook(source=source)))[0].source == ""


@pytest.mark.parametrize(
    "metadata",
    [
        None,
        [],
        {"nbgrader": None},
        {"nbgrader": {}},
        {"nbgrader": {"grade_id": 7, "points": "many", "grade": "yes"}},
        {"nbgrader": {"points": float("nan")}},
        {"nbgrader": {"points": 10**400}},
        {"id": ["x"]},
    ],
)
def test_odd_metadata_claims_nothing(metadata: object) -> None:
    """Is metadata that is damaged read as none?"""
    (cell,) = parse_notebook(data_of(notebook(metadata=metadata, id=None)))
    assert (cell.cell_id, cell.grade_id, cell.points, cell.flags) == ("", "", None, {})


def test_claims() -> None:
    """Are the claims of a cell there to be compared?"""
    marks = {"grade_id": "test_double", "points": 100, "grade": True, "solution": False}
    (cell,) = parse_notebook(data_of(notebook(metadata={"nbgrader": marks})))
    assert (cell.grade_id, cell.points) == ("test_double", 100.0)
    assert cell.flags == {"grade": True, "solution": False}


def test_huge_names_are_cut() -> None:
    """Does a name of a megabyte stay out of messages?"""
    marks = {"nbgrader": {"grade_id": "x" * 2**20}}
    (cell,) = parse_notebook(data_of(notebook(id="y" * 2**20, metadata=marks)))
    assert len(cell.grade_id) <= 100
    assert len(cell.cell_id) <= 100


def test_colab() -> None:
    """Is a cell's id found where Colab puts it, and its own metadata left alone?"""
    content = notebook(metadata={"id": "double", "outputId": "a-b", "colab": {"height": 17}})
    del content["cells"][0]["id"]
    content["metadata"] = {"colab": {"provenance": []}, "accelerator": "GPU"}
    content["nbformat_minor"] = 0
    assert parse_notebook(data_of(content))[0].cell_id == "double"


def test_vs_code() -> None:
    """Is a notebook that VS Code wrote read?"""
    content = notebook(metadata={"vscode": {"languageId": "python"}}, execution_count=None)
    content["metadata"] = {"kernelspec": {"name": ".venv"}, "orig_nbformat": 4}
    assert parse_notebook(data_of(content))[0].source == CODE


def test_keys_may_be_missing() -> None:
    """Is a notebook read that has cells and little else?"""
    assert parse_notebook(data_of({"cells": [{"source": CODE}, {}, None, 7]}))[0].source == CODE


@pytest.mark.filterwarnings("ignore")
def test_nbformat_3() -> None:
    """Is an old notebook brought up to date?"""
    new = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CODE)])
    old = nbformat.v4.downgrade(copy.deepcopy(new))
    assert old.nbformat == 3
    assert parse_notebook(data_of(old))[0].source == CODE


@pytest.mark.parametrize("version", [1, 2, 3])
def test_damaged_old_notebooks_are_refused(version: int) -> None:
    """Does a converter that fails on damage give a reason?"""
    with pytest.raises(Unreadable, match="old format"):
        parse_notebook(data_of({"nbformat": version, "worksheets": 7, "cells": 8}))


REFUSED = {
    "empty": b"",
    "cut": data_of(notebook())[:60],
    "no UTF-8": b'{"cells": ["\xff\xfe\xfa"]}',
    "a list": b"[]",
    "a number": b"7",
    "no cells": b'{"nbformat": 4}',
    "cells that are no list": b'{"cells": {}}',
    "brackets": b"[" * 100_000,
    "brackets in cells": b'{"cells": ' + b'{"a":' * 100_000,
    "a huge number": b'{"cells": ' + b"9" * 5000 + b"}",
    "a program": b"print(1)",
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_notebook_is_refused(kind: str) -> None:
    """Does each damaged file get a reason instead of an exception of its own?"""
    with pytest.raises(Unreadable) as caught:
        parse_notebook(REFUSED[kind])
    assert caught.value.code == "unreadable"
    assert str(caught.value).endswith(".")


def test_too_many_cells() -> None:
    """Is a notebook of a million cells refused before anything is made of them?"""
    with pytest.raises(Unreadable, match="more than 5000 cells"):
        parse_notebook(data_of({"cells": [{}] * (MAX_CELLS + 1)}))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["cells", "source", "metadata", "nbgrader", "grade_id", "points", "id", "nbformat",
                 "cell_type", "grade", "worksheets"]
            ),
            inner,
            max_size=5,
        ),
        max_leaves=20,
    )
)  # fmt: skip
def test_any_json(content: object) -> None:
    """Is every JSON file either read or refused?"""
    try:
        cells = parse_notebook(data_of(content))
    except Unreadable:
        return
    assert all(isinstance(cell.source, str) for cell in cells)


@given(st.binary(max_size=200))
def test_any_bytes(content: bytes) -> None:
    """Is every file either read or refused?"""
    with contextlib.suppress(Unreadable):
        parse_notebook(content)


def test_the_notebook_is_found(tmp_path: Path) -> None:
    """Is the notebook of the lab's name taken, whatever lies beside it?"""
    write(tmp_path)
    for other in (f"{NAME}-Copy1.ipynb", "old/other.ipynb", f".ipynb_checkpoints/{NAME}.ipynb"):
        write(tmp_path, other, b"broken")
    cells, problems = read_submission(tmp_path, NAME)
    assert cells[0].source == CODE
    assert problems == []


@pytest.mark.parametrize(
    "name", ["lab (1).ipynb", "LAB.ipynb", "Lab-Copy1.ipynb", "work/lab.ipynb", "a\nb\x1b[2J.ipynb"]
)
def test_a_renamed_notebook_is_taken(tmp_path: Path, name: str) -> None:
    """Is the only notebook taken for the lab's, with a note that a terminal can print?"""
    write(tmp_path, name)
    write(tmp_path, ".ipynb_checkpoints/x-checkpoint.ipynb")
    write(tmp_path, "__MACOSX/._lab.ipynb", b"\x00\x05\x16\x07")
    write(tmp_path, "._lab (1).ipynb", b"\x00\x05\x16\x07")
    cells, (problem,) = read_submission(tmp_path, NAME)
    assert cells[0].source == CODE
    assert problem.code == "renamed"
    assert problem.message.isprintable()


def test_missing(tmp_path: Path) -> None:
    """Does an empty folder, a script or a choice of two get the reason?"""
    with pytest.raises(Unreadable, match="no notebook") as caught:
        read_submission(tmp_path, NAME)
    assert caught.value.code == "missing"
    (tmp_path / f"{NAME}.py").write_text(CODE)
    with pytest.raises(Unreadable, match="no notebook"):
        read_submission(tmp_path, NAME)
    write(tmp_path, "a.ipynb")
    write(tmp_path, "b.ipynb")
    with pytest.raises(Unreadable, match="2 other notebooks"):
        read_submission(tmp_path, NAME)
    with pytest.raises(Unreadable):
        read_submission(tmp_path / "nowhere", NAME)


def test_a_file_for_a_folder(tmp_path: Path) -> None:
    """Is a file in the place of the submission's folder refused?"""
    with pytest.raises(Unreadable):
        read_submission(write(tmp_path), NAME)


def test_links_are_not_followed(tmp_path: Path) -> None:
    """Is a link refused: as notebook, as folder, dangling, and as the only other notebook?"""
    source = write(tmp_path / "solutions")
    for number, make in enumerate(
        [
            lambda folder: (folder / f"{NAME}.ipynb").symlink_to(source),
            lambda folder: (folder / f"{NAME}.ipynb").symlink_to("nowhere"),
            lambda folder: (folder / "other.ipynb").symlink_to(source),
        ]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        make(folder)
        with pytest.raises(Unreadable) as caught:
            read_submission(folder, NAME)
        assert caught.value.code == "link"
    (tmp_path / "linked").symlink_to(source.parent)
    with pytest.raises(Unreadable) as caught:
        read_submission(tmp_path / "linked", NAME)
    assert caught.value.code == "link"


def test_folders_behind_links_are_not_searched(tmp_path: Path) -> None:
    """Does a link to another folder lead nowhere?"""
    write(tmp_path / "solutions")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "src").symlink_to(tmp_path / "solutions")
    (tmp_path / "mine" / "loop").symlink_to(tmp_path / "mine")
    with pytest.raises(Unreadable, match="no notebook"):
        read_submission(tmp_path / "mine", NAME)


def test_special_files_are_not_opened(tmp_path: Path) -> None:
    """Is a pipe or a folder refused at once, without waiting for what comes out of it?"""
    os.mkfifo(tmp_path / f"{NAME}.ipynb")
    with pytest.raises(Unreadable, match="not a regular file"):
        read_submission(tmp_path, NAME)
    (tmp_path / f"{NAME}.ipynb").unlink()
    (tmp_path / f"{NAME}.ipynb").mkdir()
    with pytest.raises(Unreadable, match="not a regular file"):
        read_submission(tmp_path, NAME)


def test_too_large(tmp_path: Path) -> None:
    """Is a file over the limit refused before it is read?"""
    with write(tmp_path).open("r+b") as file:
        file.truncate(101 * 2**20)
    with pytest.raises(Unreadable, match="larger than 100 MB") as caught:
        read_submission(tmp_path, NAME)
    assert caught.value.code == "too_large"


def test_saved_outputs_do_not_matter(tmp_path: Path, answered: NotebookNode) -> None:
    """Is a notebook with ten megabytes of outputs read, and only its cells kept?"""
    code = next(cell for cell in answered.cells if cell.cell_type == "code")
    code.outputs = [nbformat.v4.new_output("stream", text="x" * 10 * 2**20)]
    write(tmp_path, content=nbformat.writes(answered).encode())
    cells, _ = read_submission(tmp_path, NAME)
    assert len(cells) == len(answered.cells)
