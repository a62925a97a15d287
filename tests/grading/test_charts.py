"""The report's pictures."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from grading.charts import describe_shares, shares_chart, usage_chart


@pytest.mark.parametrize("shares", [[], [0.0], [1.0], [1.2], [0.1, 0.5, 0.999, 1.0]])
def test_shares(shares: list[float]) -> None:
    """Is every class drawn, with a title and its description, in the page's colours?"""
    picture = shares_chart(shares)
    root = ElementTree.fromstring(picture)
    assert root[0].text == "Distribution of scores"
    assert root[1].text == describe_shares(shares)
    assert "currentColor" in picture
    assert not re.search("#01020[0-9]", picture)


def test_equal_classes_give_equal_pictures() -> None:
    """Does the same class give the same file?"""
    assert usage_chart([1.0, 2.0], [500.0, 900.0]) == usage_chart([1.0, 2.0], [500.0, 900.0])


def test_ids_differ() -> None:
    """Can both pictures stand in one page?"""
    ids = re.findall(r'\bid="([^"]+)"', shares_chart([0.5]) + usage_chart([1.0], [2.0]))
    assert len(ids) == len(set(ids))
