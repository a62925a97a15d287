"""Tests of labkit.session."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import data_scripts
from data_scripts import pretrained
from data_scripts.ragged import Ragged
from data_scripts.table import Table
from labkit import Wrong, session
from labkit.device import Device
from labkit.registry import LabEntry, Variant, read_lab

ENTRY = LabEntry(
    name="ch09_demo",
    title="Demo",
    chapter="9",
    seed=3,
    variants=(
        Variant("plain", "mnist"),
        Variant("mixed", "mnist"),
        Variant("photos", "cats_dogs"),
    ),
    thresholds={"accuracy": {"plain": {"real": 0.9, "twin": 0.8}}},
)


def loaded(**parts: Any) -> SimpleNamespace:
    """Return what `data_scripts.load` gives: of a twin, without what is not said."""
    nothing = dict.fromkeys(("train", "validation", "test", "series", "shared"))
    return SimpleNamespace(**(nothing | {"source": "twin"} | parts))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str | None]]:
    """Replace the data by a small set, and note what was asked for."""
    questions: list[tuple[str, str, str | None]] = []
    images = np.arange(5 * 4, dtype=np.uint8).reshape(5, 2, 2)

    def load(name: str, part: str, source: str | None = None) -> Any:
        questions.append((name, part, source))
        rows = (images, np.arange(5, dtype=np.uint8))
        train = None if part == "unseen" else rows
        validation = rows if name == "cats_dogs" else None
        return loaded(train=train, validation=validation, test=rows, where="A small twin.")

    monkeypatch.setattr(data_scripts, "load", load)
    return questions


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LABS_MODE", "LABS_SEED", "LABS_COURSE_KEY", "LABS_REQUIRE_GPU"):
        monkeypatch.delenv(name, raising=False)


def lab(mode: str = "fast", device: Device | None = None) -> session.Lab:
    return session.Lab(ENTRY, mode, 3, device or Device("CPU", False))


def test_load(asked: list, capsys: pytest.CaptureFixture[str]) -> None:
    """Does loading give both parts, say in one line what they are, and set variant and source?"""
    demo = lab()
    (x_train, y_train), (x_test, y_test) = demo.load("plain")
    assert x_train.shape == x_test.shape == (5, 2, 2)
    assert y_train.shape == y_test.shape == (5,)
    assert capsys.readouterr().out == "Data: A small twin; 5 training and 5 test rows.\n"
    assert (demo.variant, demo.source, demo.threshold("accuracy")) == ("plain", "twin", 0.8)
    assert asked == [("mnist", "notebook", None)]


def test_validation_rows(asked: list) -> None:
    """Are the rows of a set that has them given, and is another set told apart?"""
    demo = lab()
    demo.load("photos")
    x, y = demo.validation()
    assert len(x) == len(y) == 5
    demo.load("plain")
    with pytest.raises(ValueError, match="'mnist', have no validation rows"):
        demo.validation()


def test_full_mode_loads_everything(asked: list) -> None:
    """Does full mode ask for all rows?"""
    demo = lab("full")
    demo.load("plain")
    assert not demo.fast
    assert asked == [("mnist", "full", None)]


def test_unseen_is_of_the_same_source(asked: list) -> None:
    """Do rows for the score come from the data that the notebook had?"""
    demo = lab()
    demo.load("plain")
    x, y = demo.unseen()
    assert asked[-1] == ("mnist", "unseen", "twin")
    assert (x.shape, y.shape) == ((5, 2, 2), (5,))


def test_series(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Does a series come whole, with its columns, and the stretch that follows it for the score?"""
    rows = {"notebook": range(3), "unseen": range(3, 5)}

    def load(name: str, part: str, source: str | None = None) -> Any:
        time = np.datetime64("2009-01-01T00", "m") + np.array(rows[part]) * 60
        table = Table(np.ones((len(time), 1), np.float32), time, ("T (degC)",))
        shared = {"columns": np.array(table.columns)}
        return loaded(series=table, where="Weather.", shared=shared)

    monkeypatch.setattr(data_scripts, "load", load)
    demo = lab()
    series = demo.load_series("plain")
    assert capsys.readouterr().out == "Data: Weather; 3 rows in one series.\n"
    assert (demo.variant, demo.source, demo.columns()) == ("plain", "twin", ["T (degC)"])
    unseen = demo.unseen()
    assert len(unseen) == 2
    assert unseen.time[0] > series.time[-1]


def test_unknown_variant_and_threshold(asked: list) -> None:
    """Are names that do not exist refused with a sentence?"""
    demo = lab()
    with pytest.raises(ValueError, match="Choose one of 'plain', 'mixed'"):
        demo.load("fashion")
    demo.load("mixed")
    with pytest.raises(KeyError, match="no threshold for accuracy / mixed / twin"):
        demo.threshold("accuracy")


@pytest.mark.parametrize("weights", ["real", "twin"])
def test_all_sets_are_of_one_source(monkeypatch: pytest.MonkeyPatch, weights: str) -> None:
    """Are drawings taken instead of photographs where the base knows only drawings?"""
    rows = (np.zeros((2, 2)), np.zeros(2))
    asked = []

    def load(name: str, part: str = "notebook", source: str | None = None) -> Any:
        asked.append((name, source))
        kind = source or (weights if name == "mobilenet" else "real")
        return loaded(train=rows, test=rows, source=kind, where="A set.")

    monkeypatch.setattr(data_scripts, "load", load)
    entry = replace(ENTRY, variants=(Variant("pets", "cats_dogs", ("mobilenet",)),))
    demo = session.Lab(entry, "fast", 3, Device("CPU", False))
    demo.load("pets")
    assert demo.source == weights
    again = [("cats_dogs", "twin")] if weights == "twin" else []
    assert asked == [("cats_dogs", None), ("mobilenet", None), *again]


@pytest.mark.parametrize(
    ("mode", "there", "expected"),
    [
        ("fast", ("mobilenet", "vgg16"), ["mobilenet"]),
        ("full", ("mobilenet", "vgg16"), ["vgg16"]),
        ("full", ("mobilenet",), ["vgg16", "mobilenet"]),
    ],
)
def test_base(asked, monkeypatch, capsys, mode, there, expected) -> None:
    """Does each mode get its base, of the data's source, or the other where that is not to be had?"""
    tried = []

    def base(name: str, shape: tuple[int, int, int], source: str) -> Any:
        tried.append(name)
        assert (shape, source) == ((96, 96, 3), "twin")
        if name not in there:
            raise data_scripts.NotAvailable("No network.")
        return SimpleNamespace(name=name, where=f"The {name}.")

    monkeypatch.setattr(pretrained, "base", base)
    demo = lab(mode)
    demo.load("plain")
    capsys.readouterr()
    assert demo.base(96).name == expected[-1]
    assert tried == expected
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == f"Base: The {expected[-1]}."
    assert len(said) == len(expected)


def test_words_and_columns(asked: list, monkeypatch: pytest.MonkeyPatch) -> None:
    """Does a lab give words of texts and names of columns, and say where its data have none?"""
    demo = lab()
    demo.load("plain")
    for ask, missing in ((demo.words, "no list of words"), (demo.columns, "no names of columns")):
        with pytest.raises(ValueError, match=missing):
            ask()
    rows = (np.zeros((2, 2)), np.zeros(2))
    words = Ragged.of_texts(["<padding>", "film", "größer"]).arrays("words")
    shared = {"columns": np.array(["rooms", "age"]), **words}
    table = loaded(train=rows, test=rows, source="real", where="A table.", shared=shared)
    monkeypatch.setattr(data_scripts, "load", lambda *args, **kwargs: table)
    demo.load("plain")
    assert demo.words() == ["<padding>", "film", "größer"]
    assert demo.columns() == ["rooms", "age"]


@pytest.mark.parametrize("ask", ["variant", "source", "unseen", "threshold", "words", "columns"])
def test_before_loading(ask: str) -> None:
    """Does a lab without data say which cell to run?"""
    arguments = ("accuracy",) if ask == "threshold" else ()
    with pytest.raises(RuntimeError, match="run the cell with lab.load"):
        getattr(lab(), ask)(*arguments)


def test_hidden_inputs_depend_on_course_lab_and_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Are the numbers the same again, and others for another name or course?"""

    def draw(name: str) -> int:
        return int(lab().rng(name).integers(2**60))

    first = draw("images")
    assert first == draw("images")
    assert first != draw("labels")
    monkeypatch.setenv("LABS_COURSE_KEY", "autumn")
    assert first != draw("images")


def test_checks_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a GPU asked for only where the course requires one, with the way to get one?"""
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    monkeypatch.setattr(session, "version_problems", list)
    for device in (Device("CPU", False), Device("Tesla T4", True)):
        with lab().check("environment") as check:
            lab(device=device).environment_check(check)
    monkeypatch.setenv("LABS_REQUIRE_GPU", "1")
    with lab().check("environment") as check:
        lab(device=Device("Tesla T4", True)).environment_check(check)
    with pytest.raises(Wrong, match="Runtime > Change runtime type"):
        lab().environment_check(lab().check("environment"))
    monkeypatch.setattr(
        session, "version_problems", lambda: ["keras 2.15.0, needed is keras>=3.10"]
    )
    with pytest.raises(Wrong, match=r"keras 2\.15\.0"):
        lab().environment_check(lab().check("environment"))


def test_needs_and_check_belong_to_the_lab(capsys: pytest.CaptureFixture[str]) -> None:
    """Do the two context managers of a notebook come from the lab?"""
    with lab().needs("build_model"):
        build_model()  # noqa: F821
    assert "finish `build_model` first" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "value"), [("LABS_MODE", "quick"), ("LABS_SEED", "-1"), ("LABS_SEED", str(2**32))]
)
def test_wrong_settings(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """Is a wrong setting refused with what is possible, before anything is imported?"""
    monkeypatch.setenv(name, value)
    with pytest.raises(ValueError, match=f"{name} is '{value}'"):
        session.start("ch02_mnist")


def test_start(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Does a start print at most five lines, and give the same random numbers every time?"""
    monkeypatch.setenv("LABS_SEED", "7")
    monkeypatch.setenv("LABS_MODE", "full")
    draws = []
    for _ in range(2):
        demo = session.start("ch02_mnist")
        draws.append((random.random(), np.random.rand()))
    assert draws[0] == draws[1]
    assert (demo.name, demo.mode, demo.seed, demo.fast) == ("ch02_mnist", "full", 7, False)
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert len(lines) <= 2 * 5
    assert lines[1].startswith("Mode: full")
    assert lines[2].startswith("Device: ")
    assert "TensorFlow" in lines[3]
    assert not err


def test_data_of_the_first_lab(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Does a lab get its data, the unseen rows too, where there is neither network nor mirror?"""
    monkeypatch.setenv("LABS_SOURCE", "twin")
    monkeypatch.setenv("LABS_DATA", str(tmp_path))
    demo = session.Lab(read_lab("ch02_mnist"), "fast", 2, Device("CPU", False))
    (x_train, y_train), (x_test, _) = demo.load("digits")
    assert x_train.shape[1:] == x_test.shape[1:] == (28, 28)
    assert (x_train.dtype, y_train.dtype) == (np.uint8, np.uint8)
    assert demo.source == "twin"
    assert 0 < demo.threshold("accuracy") < 1
    x, y = demo.unseen()
    assert len(x) == len(y) > 0
    assert not np.array_equal(x[: len(x_test)], x_test[: len(x)])
