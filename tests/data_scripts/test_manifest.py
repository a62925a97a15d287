"""Tests of reading the manifest."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from data_scripts.errors import ManifestError, UnknownDataSet
from data_scripts.manifest import MANIFEST, Copy, data_set, read_manifest

FULL = MANIFEST.read_text(encoding="utf-8")


@pytest.mark.parametrize("data", read_manifest().values(), ids=lambda data: data.name)
def test_every_data_set_has_a_module_a_twin_and_rows_for_both(data) -> None:
    """Has each entry its reader and its generator, and do the parts fit the real data and the twin?"""
    assert callable(import_module(f"data_scripts.{data.name}").read)
    assert callable(import_module(f"data_scripts.twins.{data.twin.module}").make)
    for rows in (data.notebook, data.unseen):
        for split, wanted in rows.items():
            assert wanted.stop <= min(data.rows[split], data.twin.rows[split])


@pytest.mark.parametrize("data", read_manifest().values(), ids=lambda data: data.name)
def test_no_unseen_row_is_in_a_notebook(data) -> None:
    """Are the rows for the referee outside those for notebooks?"""
    for split, wanted in data.unseen.items():
        assert not set(wanted) & set(data.notebook.get(split, ()))


@pytest.mark.parametrize("data", read_manifest().values(), ids=lambda data: data.name)
def test_every_file_has_addresses_and_alternatives_say_what_differs(data) -> None:
    """Can each file be fetched from two places, and does each alternative say how it differs?"""
    for file in data.files:
        assert len({url.split("/")[2] for url in file.urls}) >= 2
        assert all(copy.differs for copy in file.alternatives)


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
    copy = Copy("a", 1, "md5:0", "a", rows=8)
    assert copy.has_rows(8)
    assert not copy.has_rows(9)
    assert not copy.has_rows(None)
