"""Tests of labkit.display."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from labkit import display

ROWS = (("Came", "`x` <b>bold</b>\nsecond line"),)


def test_text_names_the_outcome(capsys: pytest.CaptureFixture[str]) -> None:
    """Without IPython, is the box printed as text, and nothing on stderr?"""
    display.show_box("wrong", "Rows have 784 numbers", (("Came", "3"),), "reshape")
    out, err = capsys.readouterr()
    assert out == "✗ Not right yet: Rows have 784 numbers\n  Came: 3\n  Where to look: reshape\n"
    assert not err


def test_html_is_escaped_and_marked() -> None:
    """Can a value not put markup into the page, and is code shown as code?"""
    page = display.box_html("wrong", "<i>title</i>", ROWS)
    assert "&lt;b&gt;bold" in page
    assert "<i>" not in page
    assert "<code>x</code>" in page


@pytest.mark.parametrize("kind", display.LOOKS)
def test_box_reads_without_colour(kind: str) -> None:
    """Do words say what the colour says, and is the sign hidden from screen readers?"""
    page = display.box_html(kind, "title")
    assert display.LOOKS[kind].words in page
    assert 'aria-hidden="true"' in page
    assert "color:inherit" in page


@pytest.mark.parametrize("kind", display.LOOKS)
@pytest.mark.parametrize("page", ["#ffffff", "#111111"])
def test_border_stands_out(kind: str, page: str) -> None:
    """Has every border a contrast of 3:1 on a light and on a dark page?"""
    light, dark = sorted((luminance(display.LOOKS[kind].colour), luminance(page)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 3


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_image_outside_a_notebook(capsys: pytest.CaptureFixture[str]) -> None:
    """Is only the description printed where no image can be shown?"""
    display.show_image(b"png", "two bars.")
    assert capsys.readouterr().out == "Figure: two bars.\n"


IN_IPYTHON = """
import json
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
shell = InteractiveShell.instance()
with capture_output() as seen:
    shell.run_cell("from labkit import Check, display")
    shell.run_cell("with Check('Title', 'hint') as check: check.equal(1, 2, 'x')")
    shell.run_cell("display.show_image(b'png', 'two bars.')")
outputs = [{"data": one.data, "metadata": one.metadata} for one in seen.outputs]
print(json.dumps({"outputs": outputs, "out": seen.stdout, "err": seen.stderr}))
"""


def test_box_and_image_in_ipython() -> None:
    """In IPython, is the box HTML with a text beside it, and has the image its alt text?"""
    pytest.importorskip("IPython")
    run = subprocess.run(
        [sys.executable, "-c", IN_IPYTHON], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    seen = json.loads(run.stdout.splitlines()[-1])
    assert seen["err"] == ""
    box, image = seen["outputs"]
    assert "role=" in box["data"]["text/html"]
    assert "Expected: `x` = 2" in box["data"]["text/plain"]
    assert image["metadata"] == {"image/png": {"alt": "two bars."}}
    assert "Figure: two bars." in seen["out"]
