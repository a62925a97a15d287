"""The class report and its CSV."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from grading.records import RecordError, read_record, record_path, write_record
from grading.report import write_report

LAB = "ch02_mnist"
EVE = "<img src=x onerror=alert(1)>"


class Page(HTMLParser):
    """Collect what the tests ask of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture
def made(course: Any) -> tuple[str, list[list[str]]]:
    """The page as text and the CSV as rows."""
    page = course.root / "feedback" / "boole" / LAB / f"{LAB}.html"
    page.parent.mkdir(parents=True)
    page.touch()
    with course.gradebook() as gradebook:
        report = write_report(course.root, LAB, gradebook=gradebook)
    assert report.errors == []
    rows = list(csv.reader(io.StringIO(report.csv.read_text(encoding="utf-8"))))
    return report.html.read_text(encoding="utf-8"), rows


def test_nothing_from_outside(made: Any) -> None:
    """Is the page complete in itself: no address but feedback pages, one allowed script?"""
    page = Page(made[0])
    assert page.all("link") == page.all("iframe") == page.all("img") == []
    assert page.all("script") == [{}]
    hrefs = [attributes["href"] for attributes in page.all("a")]
    assert [href for href in hrefs if not href.startswith("#")] == [
        f"../feedback/boole/{LAB}/{LAB}.html"
    ] * (len(hrefs) - sum(href.startswith("#") for href in hrefs))
    policy = page.all("meta")[2]["content"]
    assert "default-src 'none'" in policy
    assert "script-src 'sha256-" in policy


def test_hostile_names_and_messages_are_text(made: Any) -> None:
    """Does a name or a message with markup stay text?"""
    text, _ = made
    assert EVE not in text
    assert "<script>alert" not in text
    assert text.count("&lt;img src=x onerror=alert(1)&gt;") > 3
    assert not any(
        name.startswith("on") for _, attributes in Page(text).tags for name in attributes
    )


def test_matrix_says_it_in_words(made: Any) -> None:
    """Does each cell of the matrix have sign, points and word, not colour alone?"""
    matrix = made[0].split('id="matrix"')[1]
    row = re.search(r"<tr><th scope=\"row\" data-value=\"boole\">.*?</tr>", matrix, re.DOTALL)
    assert row is not None
    words = re.findall(r'aria-hidden="true">(.)</span> ([\d.?]+)<small>([a-z ]+)</small>', row[0])
    assert words == [
        ("✓", "1", "passed"),
        ("✗", "0", "wrong"),
        ("✓", "2", "passed"),
        ("◐", "1.5", "partly"),
        ("!", "0", "error"),
        ("–", "0", "not run"),
        ("✎", "3.5", "marked"),
    ]


def test_what_needs_a_person_comes_first(made: Any) -> None:
    """Are the ungraded, the unmarked, tampering and limits named, and who sent nothing?"""
    first = made[0].split('id="first"')[1].split("</section>")[0]
    for text in (
        "Not graded (1)",
        "line 1 is not JSON",
        "Written answers to mark (3)",
        "Perhaps tampering (1)",
        "Limits reached (2)",
        "gauss",
    ):
        assert text in first


def test_hardest_first(made: Any) -> None:
    """Are exercises ordered by the points earned?"""
    hard = made[0].split('id="hard"')[1].split('id="tests"')[0]
    names = re.findall(r'<th scope="row">(\w+)</th>', hard)
    assert names == ["train_model", "build_model", "prepare_images"]


def test_tables_can_be_read_aloud(made: Any) -> None:
    """Has every table a caption and every heading a scope, and does each id stand once?"""
    text, _ = made
    page = Page(text)
    assert len(page.all("table")) == len(page.all("caption"))
    for heading in page.all("th"):
        assert "scope" in heading or heading.get("aria-hidden") == "true"
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {href[1:] for a in page.all("a") if (href := a["href"]).startswith("#")} <= set(ids)


def test_csv(made: Any) -> None:
    """Has the CSV a row a student, a column a test, and nbgrader's totals?"""
    head, *rows = made[1]
    assert head[3:5] == ["test_prepare_images", "hidden_prepare_images"]
    boole = dict(zip(head, next(row for row in rows if row[0] == "boole"), strict=True))
    assert (boole["why_gap"], boole["total"], boole["max_score"]) == ("3.5", "8", "16")
    ada = dict(zip(head, next(row for row in rows if row[0] == "ada"), strict=True))
    assert (ada["why_gap"], ada["to_mark"]) == ("", "1")
    assert len(rows) == 6


def test_followed_through(course: Any, made: Any) -> None:
    """Do tiles, matrix, lost points and CSV say which tests were judged with the lab's answers?"""
    assert "followed through" not in made[0].split('id="legend"')[0]
    record = read_record(record_path(course.root, LAB, "boole"))
    tests = [
        replace(test, followed=["prepare_images"]) if test.exercise == "build_model" else test
        for test in record.tests
    ]
    write_record(course.root, replace(record, tests=tests))
    report = write_report(course.root, LAB)
    text = report.html.read_text(encoding="utf-8")
    assert "<b>1</b> followed through (2 tests ↷)" in text
    matrix = text.split('id="matrix"')[1].split('id="hard"')[0]
    assert matrix.count('<span class="hidden-text">, followed through</span>') == 2
    lost = text.split('id="lost"')[1]
    assert "Judged also with the lab's answer to prepare_images" in lost
    rows = list(csv.DictReader(io.StringIO(report.csv.read_text(encoding="utf-8"))))
    assert {row["student"]: row["followed"] for row in rows}["boole"] == "2"


def test_without_gradebook(course: Any) -> None:
    """Does the report stand on the records alone?"""
    report = write_report(course.root, LAB)
    rows = list(csv.DictReader(io.StringIO(report.csv.read_text(encoding="utf-8"))))
    assert next(row["total"] for row in rows if row["student"] == "boole") == "4.5"


def test_bad_record_is_told(course: Any) -> None:
    """Does one broken record leave the others in the report, with a sentence about it?"""
    (course.root / "records" / LAB / "ada.json").write_text("{")
    report = write_report(course.root, LAB)
    assert len(report.errors) == 1
    assert "ada.json is no JSON file" in report.html.read_text(encoding="utf-8")


def test_nothing_graded(tmp_path: Any) -> None:
    """Does a report of nothing say what to do?"""
    with pytest.raises(RecordError, match="grade the assignment first"):
        write_report(tmp_path, LAB)


@pytest.mark.parametrize(
    ("name", "kept"),
    [("-anna", True), ("+7", True), ("@ada", True), ("=1+1", False), ("@SUM(A1)", False)],
)
def test_spreadsheet_formulas(course: Any, name: str, kept: bool) -> None:
    """Is a name that a spreadsheet would run made text, and an odd but plain one left alone?"""
    record = read_record(record_path(course.root, LAB, "ada"))
    write_record(course.root, replace(record, student=name))
    report = write_report(course.root, LAB)
    rows = list(csv.reader(io.StringIO(report.csv.read_text(encoding="utf-8"))))
    assert (name if kept else f"'{name}") in [row[0] for row in rows]
