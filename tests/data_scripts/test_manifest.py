"""Tests of reading the manifest."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from data_scripts.entries import Copy
from data_scripts.errors import ManifestError, UnknownDataSet
from data_scripts.manifest import MANIFEST, data_set, read_manifest

FULL = MANIFEST.read_text(encoding="utf-8")


each_set = pytest.mark.parametrize("data", read_manifest().values(), ids=lambda data: data.name)


@each_set
def test_every_data_set_has_a_module_a_twin_and_rows_for_both(data) -> None:
    """Has each entry its reader and its generator, and do the parts fit the real data and the twin?"""
    if not data.generated:
        assert callable(import_module(f"data_scripts.{data.name}").read)
    assert callable(import_module(f"data_scripts.twins.{data.twin.module}").make)
    assert data.twin.rows.keys() == data.rows.keys()
    assert data.rows.keys() >= data.notebook.keys()
    for rows in (data.notebook, data.unseen):
        for split, wanted in rows.items():
            assert wanted.stop <= min(data.rows[split], data.twin.rows[split])


@each_set
def test_no_unseen_row_is_in_a_notebook(data) -> None:
    """Are the rows for the referee outside those for notebooks; and if there are none, is it said?"""
    assert bool(data.unseen) != bool(data.unseen_note)
    for split, wanted in data.unseen.items():
        assert not set(wanted) & set(data.notebook.get(split, ()))


@each_set
def test_every_file_can_be_had_and_alternatives_say_what_differs(data) -> None:
    """Has each file addresses of other hosts or a place in the mirror, and each copy its difference?"""
    for file in data.files:
        hosts = [url.split("/")[2] for url in file.urls]
        assert len(set(hosts)) == len(hosts)
        assert all(url.startswith(("https://", "http://")) for url in file.urls)
        assert all(copy.mirror and ".." not in copy.mirror for copy in file.copies)
        assert all(copy.differs for copy in file.alternatives)


@each_set
def test_every_data_set_says_what_one_must_know(data) -> None:
    """Has each entry a sentence on what it is, whose it is, what to beware of, and a page?"""
    for text in (data.title, data.about, data.license, data.citation, data.care, data.twin.about):
        assert text.strip()
    assert data.page.startswith(("https://", "http://")) or not data.files


def test_file_names_in_the_cache_are_unique() -> None:
    """Could two copies of a data set overwrite each other in the cache?"""
    for data in read_manifest().values():
        names = [copy.name for file in data.files for copy in file.copies]
        assert len(names) == len(set(names))


def test_unknown_name_lists_the_known() -> None:
    """Does a wrong name lead to the right ones?"""
    with pytest.raises(UnknownDataSet, match="'minst'; known are mnist, fashion_mnist"):
        data_set("minst")


def test_unknown_part_lists_the_known() -> None:
    """Does a wrong part lead to the right ones?"""
    with pytest.raises(ValueError, match="'notebook', 'full' or 'unseen'"):
        data_set("mnist").part("all")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('title = "MNIST"\n', "", r"\[mnist\]: 'title' is missing"),
        ("bytes = 9912422", 'bytes = "many"', r"\[mnist.file 1\]: bytes is 'many', expected int"),
        ('sha256 = "440f', 'sha256 = "440', r"\[mnist.file 1\]: sha256 = .* 64 hexadecimal"),
        ('sha256 = "440f', 'sha1 = "440f', r"\[mnist.file 1\]: no hash"),
        ("test = [2000, 4000]", "test = [2000, 40000]", r"\[mnist\]: unseen.test = .* outside"),
        ("test = [2000, 4000]", "tset = [2000, 4000]", r"\[mnist\]: unseen names \['tset'\]"),
        ("unseen = { test = [2000, 4000] }", "unseen = {}", r"\[mnist\]: 'unseen_note' is missing"),
        ("rows = { train = 60000, ", "rows = { shared = 60000, ", r"rows names \['shared'\]"),
        (
            "rows = { train = 60000, ",
            "rows = { train = 'many', ",
            r"\[mnist.rows\]: train is 'many'",
        ),
        ("rows = { train = 20000, ", "rows = { tarin = 20000, ", r"\[mnist.twin\]: rows names"),
        ('title = "MNIST"', 'title = "MNIST"\nshipped = true', r"\[mnist\]: it has files"),
        ('split = "train"', 'split = "trein"', r"split is 'trein'"),
        ("[mnist]", "[mnist", "not valid TOML"),
    ],
)
def test_faults_are_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    """Does a fault in the manifest name its table, and what was expected?"""
    path = tmp_path / "manifest.toml"
    path.write_text(FULL.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ManifestError, match=message):
        read_manifest(path)


def test_md5_serves_where_nothing_better_is_published(tmp_path: Path) -> None:
    """Is an md5 read as a hash?"""
    path = tmp_path / "manifest.toml"
    digest = "f68b3c2dcbeaaa9fbdd348bbdeb94873"
    start = FULL.index('sha256 = "440f')
    end = FULL.index("\n", start)
    path.write_text(f'{FULL[:start]}md5 = "{digest}"{FULL[end:]}', encoding="utf-8")
    assert read_manifest(path)["mnist"].files[0].canonical.hash == f"md5:{digest}"


def test_a_subset_serves_rows_that_it_has_only() -> None:
    """Is a copy with the first rows enough for these, and not for all?"""
    copy = Copy("a", 1, "md5:0", "a", rows={"train": 8})
    assert copy.has_rows({"train": range(8)})
    assert copy.has_rows({"train": range(2, 5)})
    assert not copy.has_rows({"train": range(9)})
    assert not copy.has_rows({"train": None})
    assert not copy.has_rows({"train": range(8), "test": range(1)})


PLAIN = """
[plain]
title = "Plain"
about = "Numbers."
page = "https://example.org"
license = "none"
citation = "nobody"
care = "none"
rows = { series = 20, other = 5 }
notebook = { series = [0, 20] }
unseen = {}
unseen_note = "It is too small to spare any."

[plain.twin]
module = "plain"
seed = 1
rows = { series = 20, other = 5 }
about = "numbers"
"""
FILE = """
[[plain.file]]
split = "all"
name = "a.csv"
urls = []
bytes = 1
md5 = "f68b3c2dcbeaaa9fbdd348bbdeb94873"
mirror = "a.csv"

[[plain.file.alternative]]
mirror = "b.csv"
bytes = 1
md5 = "f68b3c2dcbeaaa9fbdd348bbdeb94873"
rows = { series = 10 }
differs = "fewer rows"
"""


def _plain(tmp_path: Path, text: str):
    path = tmp_path / "manifest.toml"
    path.write_text(text, encoding="utf-8")
    return read_manifest(path)["plain"]


def test_set_of_another_form(tmp_path: Path) -> None:
    """Are splits of any name, a file for all of them and a note on unseen rows read?"""
    data = _plain(tmp_path, PLAIN + FILE)
    assert data.unseen_note == "It is too small to spare any."
    assert (data.generated, data.shipped, data.unseen) == (False, False, {})
    (file,) = data.files
    assert file.urls == ()
    assert file.needed({"series": None}) == {"series": None}
    assert file.alternatives[0].has_rows({"series": range(10)})
    assert not file.alternatives[0].has_rows({"series": range(10), "other": range(1)})


def test_set_without_files(tmp_path: Path) -> None:
    """Is a set without files generated only, unless it says that it is shipped?"""
    assert _plain(tmp_path, PLAIN).generated
    (tmp_path / "other").mkdir()
    shipped = _plain(tmp_path / "other", PLAIN.replace("unseen =", "shipped = true\nunseen ="))
    assert shipped.shipped
    assert not shipped.generated


def test_number_of_rows_needs_one_split(tmp_path: Path) -> None:
    """Is a bare number of rows refused where it is open which split's they are?"""
    text = (PLAIN + FILE).replace("rows = { series = 10 }", "rows = 10")
    with pytest.raises(ManifestError, match=r"\[plain.file 1, alternative\]: rows is 10"):
        _plain(tmp_path, text)
    one = text.replace(", other = 5", "")
    (tmp_path / "one").mkdir()
    (file,) = _plain(tmp_path / "one", one).files
    assert file.alternatives[0].rows == {"series": 10}
