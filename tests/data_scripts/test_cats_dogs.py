"""Tests of reading the archive of cats and dogs."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest

from data_scripts import cats_dogs
from data_scripts.errors import BadFile
from data_scripts.manifest import data_set
from data_scripts.ragged import Ragged


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Write an archive as the mirror has it, smaller; a file's content is its name."""
    path = tmp_path / cats_dogs.ARCHIVE
    with zipfile.ZipFile(path, "w") as packed:
        for split, numbers in (("train", (3, 1, 2)), ("validation", (11,)), ("test", (21, 22))):
            for name in ("dog", "cat"):
                for number in numbers:
                    member = f"{split}/{name}/{name}.{number:04}.jpg"
                    packed.writestr(member, member)
    return path


def test_rows_go_by_turns(archive: Path) -> None:
    """Do rows go cat, dog, cat, dog by number, whatever the order in the archive?"""
    read = cats_dogs.read({cats_dogs.ARCHIVE: archive}, {"train": None, "test": range(1, 3)})
    rows, labels = cats_dogs.present("train", read["train"])
    assert isinstance(rows, Ragged)
    assert [bytes(row).decode() for row in rows][:3] == [
        "train/cat/cat.0001.jpg",
        "train/dog/dog.0001.jpg",
        "train/cat/cat.0002.jpg",
    ]
    assert labels.tolist() == [0, 1] * 3
    test, labels = cats_dogs.present("test", read["test"])
    assert [bytes(row).decode()[-8:] for row in test] == ["0021.jpg", "0022.jpg"]
    assert labels.tolist() == [1, 0]
    assert read["shared"]["classes"].tolist() == ["cat", "dog"]


def test_rows_that_are_not_there(archive: Path) -> None:
    """Are rows beyond the last refused?"""
    with pytest.raises(BadFile, match="has 2 photos"):
        cats_dogs.read({cats_dogs.ARCHIVE: archive}, {"validation": range(3)})


def test_no_archive(tmp_path: Path) -> None:
    """Is a file that is no archive refused?"""
    path = tmp_path / cats_dogs.ARCHIVE
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(BadFile):
        cats_dogs.read({cats_dogs.ARCHIVE: path}, {"train": None})


def test_notebooks_and_referee_get_both_classes_evenly() -> None:
    """Do the manifest's ranges begin and end between pairs, and not overlap?"""
    data = data_set("cats_dogs")
    ranges = [*data.notebook.values(), *data.unseen.values()]
    assert all(np.array([rows.start, rows.stop]).sum() % 2 == 0 for rows in ranges)
    assert data.unseen["test"].start >= data.notebook["test"].stop
    assert len(data.unseen["test"]) >= 500
