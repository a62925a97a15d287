"""The notebook that others will read: outputs, markdown, hidden tests."""

from __future__ import annotations

import time

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

from grading.clean import LEFT_OUT
from grading.sanitize import Sanitize, clean_output, markdown_to_html


def show(data: dict[str, str], **metadata: object) -> object:
    return clean_output(new_output("display_data", data=data, metadata=metadata))


def render(text: str) -> str:
    return markdown_to_html({}, text)


@pytest.mark.parametrize(
    "kind",
    [
        "application/javascript",
        "application/vnd.jupyter.widget-view+json",
        "application/pdf",
        "text/vnd.mermaid",
        "application/vnd.plotly.v1+json",
    ],
)
def test_only_known_kinds(kind: str) -> None:
    """Does an output that only a program can show leave a line of text?"""
    cleaned = show({kind: "alert(1)"})
    assert list(cleaned.data) == ["text/plain"]
    assert "alert" not in cleaned.data["text/plain"]


def test_picture_from_metadata() -> None:
    """Is the address removed that nbconvert would take from an output's metadata?"""
    names = {"image/png": "https://evil.example/x.png"}
    cleaned = show({"image/png": "iVBORw0K"}, filenames=names, alt="a curve", isolated=True)
    assert cleaned.metadata == {"alt": "a curve"}
    assert cleaned.data == {"image/png": "iVBORw0K"}


def test_picture_that_is_none() -> None:
    """Is a picture refused whose text would end the attribute it stands in?"""
    assert "image/png" not in show({"image/png": '"><script>alert(1)</script>'}).data


def test_size_is_a_number() -> None:
    """Does a picture's size stay only as a number?"""
    cleaned = show({"image/png": "iVBORw0K"}, **{"image/png": {"width": 9, "height": "1 onload=x"}})
    assert cleaned.metadata == {"image/png": {"width": 9}}


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))",
        "[x](  JaVaScRiPt:alert(1))",
        "<javascript:alert(1)>",
        "[x]: javascript:alert(1)\n\n[x]",
        "![x](https://evil.example/x.png)",
        "<script>alert(1)</script>",
        '<b onmouseover="alert(1)">x</b>',
        "<iframe src='https://evil.example'></iframe>",
        "![x](attachment:missing.png)",
        '$x$ <b title="$<script>alert(1)</script>$">',
        '![$"onload=alert(1) x="$](https://evil.example/y.png)',
        "<var>\ue0000\ue000</var> $x$",
        "# $<script>alert(1)</script>$",
    ],
)
def test_hostile_markdown(text: str) -> None:
    """Does nothing in a written answer run or fetch?"""
    cleaned = render(text).replace(LEFT_OUT, "").lower()
    for word in (
        "<script",
        "href=",
        'evil.example/x.png"',
        "<iframe",
        " onload",
        " onmouse",
        "\ue000",
    ):
        assert word not in cleaned


def test_markdown_stays() -> None:
    """Do headings, tables, code and a formula reach the page?"""
    page = render(
        "# Loss\n\n| a |\n|---|\n| 1 |\n\n```python\nx = 1\n```\n\n$\\frac{1}{2}$ and $$x^2$$"
    )
    for part in ("<h1>Loss</h1>", "<td>1</td>", 'class="n"', 'aria-label="\\frac{1}{2}"'):
        assert part in page
    assert page.count("<svg") == 2


@pytest.mark.parametrize(
    "text", ["x" * 100_000, "\\\\(" * 6000, "\\begin{a}" * 2000, "> " * 9000, "![[" * 6000]
)
def test_costly_markdown(text: str) -> None:
    """Does markdown that is made to be slow cost little?"""
    start = time.perf_counter()
    assert render(text)
    assert time.perf_counter() - start < 20


def test_hidden_test_shows_nothing() -> None:
    """Are source, traceback and output of a hidden test cut, should they ever come here?"""
    source = "# Hidden test\n### BEGIN HIDDEN TESTS\nassert mean == 0.1307\n### END HIDDEN TESTS"
    cell = new_code_cell(source, id="hidden_a")
    cell.metadata["nbgrader"] = {"grade": True, "solution": False, "grade_id": "hidden_a"}
    cell.outputs = [
        new_output("stream", text="0.1307"),
        new_output("display_data", data={"text/plain": "Passed: mean (2 of 2 points)"}),
        new_output("display_data", data={"text/plain": "Passed: a\n0.1307"}),
        new_output("execute_result", data={"text/plain": "0.5"}),
        new_output("execute_result", data={"text/plain": "array([0.1307])"}),
        new_output("error", ename="CheckFailed", evalue="Look there", traceback=["0.1307"]),
    ]
    nb, _ = Sanitize().preprocess(new_notebook(cells=[cell]), {})
    assert "0.1307" not in str(nb)
    assert len(nb.cells[0].outputs) == 3
    assert nb.cells[0].outputs[-1].evalue == "Look there"


def test_other_cells() -> None:
    """Are raw cells, attachments and saved widgets cleaned too, and a student's traceback kept?"""
    markdown = new_markdown_cell("![x](attachment:x)")
    markdown["attachments"] = {"x": {"text/html": "<script>", "image/png": "iVBORw0K"}}
    failed = new_output("error", ename="ValueError", evalue="no", traceback=["line 1"])
    cells = [markdown, new_raw_cell("<script>x</script>y"), new_code_cell("x", outputs=[failed])]
    nb = new_notebook(cells=cells, metadata={"widgets": {"state": "x"}})
    nb, _ = Sanitize().preprocess(nb, {})
    assert "script" not in str(nb)
    assert "widgets" not in nb.metadata
    assert nb.cells[0].attachments == {"x": {"image/png": "iVBORw0K"}}
    assert nb.cells[2].outputs == [failed]
