"""Tests of the page about the data."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from data_scripts import page
from data_scripts.manifest import DataSet, data_set, read_manifest

SETS = list(read_manifest().values())


def test_page_is_up_to_date() -> None:
    """Is docs/data.md what the manifest gives now?"""
    text = (page.DOCS / page.PAGE).read_text(encoding="utf-8")
    assert text == page.page(read_manifest(), page.DOCS), "run: python -m data_scripts.page"


@pytest.mark.parametrize("data", SETS, ids=lambda data: data.name)
def test_every_set_is_shown(data: DataSet) -> None:
    """Does the page have what a reader must know of the set, and an example of set and twin?"""
    text = page.page({data.name: data}, page.DOCS)
    for fact in (data.about, data.license, data.page, data.citation, data.care, data.twin.about):
        assert page.plain(fact) in text
    assert (f"({page.EXAMPLES}/{data.name}.png)" in text) or ("```text" in text)


@pytest.mark.parametrize("data", SETS, ids=lambda data: data.name)
def test_links_of_the_summary(data: DataSet) -> None:
    """Does the summary's link name the heading as GitHub spells it?"""
    text = page.page({data.name: data}, page.DOCS)
    heading = next(line for line in text.splitlines() if line.startswith("## "))
    plain = "".join(letter for letter in heading[3:].lower() if letter.isalnum() or letter in " -_")
    assert f"(#{plain.replace(' ', '-')})" in text


def test_rows_of_notebook_and_referee(tmp_path: Path) -> None:
    """Are the rows named that each gets, or why there are none to spare?"""
    data = data_set("mnist")
    text = page.page({"mnist": data}, tmp_path)
    assert "gets:** train rows 0 to 19,999, test rows 0 to 1,999." in text
    assert "alone gets:** test rows 2,000 to 3,999." in text
    none = replace(data, unseen={}, unseen_note="the set is small")
    assert "alone gets:** No rows. the set is small." in page.page({"mnist": none}, tmp_path)


def test_examples(tmp_path: Path) -> None:
    """Is a picture shown where there is one, else words, else nothing?"""
    sets = {"mnist": data_set("mnist")}
    assert "pictures/data" not in page.page(sets, tmp_path)
    folder = tmp_path / page.EXAMPLES
    folder.mkdir(parents=True)
    (folder / "mnist.txt").write_text("some words\n", encoding="utf-8")
    assert "```text\nsome words\n```" in page.page(sets, tmp_path)
    (folder / "mnist.png").write_bytes(b"")
    assert "](pictures/data/mnist.png)" in page.page(sets, tmp_path)


def test_writing(tmp_path: Path) -> None:
    """Is the page written once, left alone if it is right, and a missing folder said?"""
    assert page.write(tmp_path)
    assert not page.write(tmp_path)
    with pytest.raises(FileNotFoundError):
        page.write(tmp_path / "none")


def test_markup_is_shown() -> None:
    """Does a text with a tag in it appear as it is?"""
    assert page.plain("<br /> & more") == "&lt;br /&gt; &amp; more"
