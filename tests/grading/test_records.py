"""The run record: written whole, read with checks."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from grading.records import (
    Outcome,
    Record,
    RecordError,
    TestResult,
    WrittenAnswer,
    read_record,
    read_records,
    record_path,
    write_record,
)


def make_record(student: str = "ada", **changes: object) -> Record:
    test = TestResult(
        cell="test_a",
        exercise="a",
        kind="visible",
        title="It works",
        points=1,
        max_points=2,
        verdict="partial",
    )
    answer = WrittenAnswer(cell="why", title="Why?", max_points=4, answered=True)
    record = Record(
        student=student,
        assignment="lab",
        started="2026-11-21T13:00:00+00:00",
        seconds=1.5,
        outcome=Outcome(code="graded"),
        tests=[test],
        written=[answer],
    )
    return dataclasses.replace(record, **changes)


def test_round_trip(tmp_path: Path) -> None:
    """Does a record come back as it was, hostile text included?"""
    record = make_record("-é @;+ x", versions={"python": "3.11"}, data="real")
    record.tests[0] = dataclasses.replace(
        record.tests[0], message="half a pair \ud800 \x00", followed=["b", "c"]
    )
    path = write_record(tmp_path, record)
    assert path == record_path(tmp_path, "lab", "-é @;+ x")
    assert read_record(path) == record
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_sums() -> None:
    """What do score, max_score and needs_human say while an answer waits, and after?"""
    record = make_record()
    assert (record.score, record.max_score, record.needs_human) == (1.0, 6.0, True)
    marked = dataclasses.replace(record.written[0], points=3.0)
    record = dataclasses.replace(record, written=[marked])
    assert (record.score, record.needs_human) == (4.0, False)


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("seconds", "a", "record.seconds should be a number, found 'a'"),
        ("seconds", True, "should be a number"),
        ("tests", [{}], "record.tests[0] lacks the key 'cell'"),
        ("tests", {}, "record.tests should be a list"),
        ("outcome", None, "record.outcome should be an object, found None"),
        ("data", "x", "record.data should be one of 'real', 'twin', ''"),
        ("new", 1, "record has the unknown key 'new'"),
        ("versions", {"python": 3}, "record.versions['python'] should be a string"),
        ("student", "eve", "its content is of 'eve' in 'lab'"),
    ],
)
def test_misfit(tmp_path: Path, key: str, value: object, said: str) -> None:
    """Is a record of another shape refused with one sentence that names the place?"""
    path = write_record(tmp_path, make_record())
    path.write_text(json.dumps(json.loads(path.read_text()) | {key: value}))
    with pytest.raises(RecordError) as caught:
        read_record(path)
    message = str(caught.value)
    assert said in message
    assert str(path) in message
    assert "\n" not in message


@pytest.mark.parametrize("content", ["", "[", '{"seconds": NaN}', "[" * 100_000, "\x00"])
def test_no_json(tmp_path: Path, content: str) -> None:
    """Is a file that is no JSON refused, and are the others read all the same?"""
    good = write_record(tmp_path, make_record())
    good.with_name("bad.json").write_text(content)
    records, errors = read_records(tmp_path, "lab")
    assert [record.student for record in records] == ["ada"]
    assert len(errors) == 1
    assert "bad.json" in errors[0]


@pytest.mark.parametrize("student", ["", ".", "..", "a/b", "a\\b", "a\0b"])
def test_names_that_leave_the_folder(tmp_path: Path, student: str) -> None:
    """Is a name refused that would write elsewhere?"""
    with pytest.raises(RecordError, match="cannot name a record file"):
        record_path(tmp_path, "lab", student)


def test_bad_value_keeps_the_old_record(tmp_path: Path) -> None:
    """Does a record that could not be read back leave the earlier one in place?"""
    path = write_record(tmp_path, make_record())
    with pytest.raises(RecordError, match="seconds should be a number"):
        write_record(tmp_path, make_record(seconds=float("nan")))
    assert read_record(path) == make_record()


def test_missing(tmp_path: Path) -> None:
    """Does a missing record say what to do?"""
    with pytest.raises(RecordError, match="grade the submission first"):
        read_record(record_path(tmp_path, "lab", "nobody"))
