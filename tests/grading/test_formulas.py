"""Formulas as pictures in the page."""

from __future__ import annotations

import re

import pytest

from grading.formulas import formula_html


@pytest.mark.parametrize(
    "tex",
    [
        r"p_k = \frac{e^{z_k}}{\sum_{j=1}^{10} e^{z_j}}",
        r"W \in \mathbb{R}^{784 \times 512}",
        r"-\log p_k",
        r"\hat y = \mathrm{softmax}(W x + b)",
        r"\sqrt{\frac{1}{n}\sum_i (x_i - \mu)^2}",
    ],
)
def test_what_labs_use(tex: str) -> None:
    """Is a formula as the labs have them drawn, and readable by a screen reader?"""
    picture = formula_html(tex, display=False)
    assert picture.startswith("<svg")
    assert f'aria-label="{tex}"' in picture
    _, y, width, height = (
        float(part) for part in re.findall(r'viewBox="(.*?)"', picture)[0].split()
    )
    scale = float(re.findall(r"scale\(([\d.]+) -", picture)[0])
    numbers = [float(part) for part in re.findall(r"-?[\d.]+", picture.split(' d="')[1])]
    across, up = ([scale * value for value in numbers[start::2]] for start in (0, 1))
    assert -1 < min(across) < max(across) < width + 1
    assert y - 1 < -max(up) < -min(up) < y + height + 1


@pytest.mark.parametrize(
    "tex",
    [r"\href{javascript:1}{x}", r"\begin{cases}1\end{cases}", "{" * 140 + "}" * 140, "x" * 999, ""],
)
def test_unknown_is_shown_as_tex(tex: str) -> None:
    """Is a formula that cannot be set shown as it was written?"""
    assert formula_html(tex, display=True).startswith("<code>")


def test_label_is_escaped() -> None:
    """Can a formula end the attribute that it is described in?"""
    assert '"<' not in formula_html('x"<b>', display=False)
