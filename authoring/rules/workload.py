"""Rules on what a lab gives and costs: points, minutes, words and seconds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from statistics import median

from authoring.rules.lab import Finding, Lab, Rule
from authoring.source import Cell

POINTS = {"code": 12.0, "results": 4.0, "words": 4.0}
# "About 40 %" of an exercise's points are visible: with whole points, 1 of 3 up to 1 of 2.
VISIBLE_SHARE = (0.3, 0.5)
MINUTES = 100
WORDS_A_MINUTE = 200
PLAIN, TRAP, CLINIC, QUESTION = 6, 12, 10, 8
# Where the graded part of a lab ends: a student may stop here.
UNGRADED = re.compile(r"^## +Variants", re.MULTILINE)
THEORY_WORDS = 250
SECONDS = {"lab": 60.0, "grading": 30.0}
# Photographs and series take longer: twice that, in these labs only.
LONG_LABS = {"ch05_cats_dogs", "ch05_pretrained", "ch05_feature_extraction", "ch06_jena"}


def points_add_up(lab: Lab) -> Iterator[Finding]:
    """A lab gives 20 points: 12 for code, 4 for results, 4 for words."""
    for part, wanted in POINTS.items():
        given = sum(cell.points or 0 for cell in lab.source.cells if cell.part == part)
        if given != wanted:
            yield lab.at("points", f"{given:g} points are for {part}; make it {wanted:g}.")
    if lab.file.points != sum(POINTS.values()):
        yield lab.in_file(f"points must be {sum(POINTS.values()):g}.", "points")


def visible_and_hidden_share(lab: Lab) -> Iterator[Finding]:
    """About 40 % of an exercise's points are visible, 60 % hidden.

    Counted are points for code; for an exercise that has none, all of its points.
    """
    low, high = VISIBLE_SHARE
    for name, cell in lab.source.exercises.items():
        tests = lab.source.tests_of(name)
        tests = [test for test in tests if test.part == "code" and test.points] or tests
        total = sum(test.points or 0 for test in tests)
        visible = sum(test.points or 0 for test in tests if test.kind == "test")
        if total and not low <= visible / total <= high:
            yield lab.at(
                cell,
                f"{visible:g} of {total:g} points are visible: make it about 40 %"
                f" ({low:.0%} to {high:.0%}).",
            )


def minutes_of_work(lab: Lab) -> float:
    """Count a student's minutes by the course's rule: reading, exercises, question, waiting.

    What stands below the heading "Variants and further experiments" is for those who want more, and
    is not read into the time.
    """
    words = sum(map(count_words, _graded(lab.source.cells)))
    minutes = words / WORDS_A_MINUTE + 2 * lab.file.seconds.get("lab", 0) / 60
    for cell in lab.source.exercises.values():
        minutes += CLINIC if cell.clinic else TRAP if cell.trap else PLAIN
    return minutes + QUESTION * sum(cell.kind == "question" for cell in lab.source.cells)


def _graded(cells: Iterable[Cell]) -> Iterator[Cell]:
    for cell in cells:
        heading = None if cell.is_code else UNGRADED.search(cell.source)
        if heading:
            yield replace(cell, source=cell.source[: heading.start()])
            return
        yield cell


def work_fits_the_time(lab: Lab) -> Iterator[Finding]:
    """Student work by the rule is at most 100 minutes, and at most what lab.toml promises."""
    counted = minutes_of_work(lab)
    if counted > MINUTES:
        yield lab.at("minutes", f"the work takes {counted:.0f} minutes: cut it to {MINUTES}.")
    if counted > lab.file.minutes or lab.file.minutes > MINUTES:
        yield lab.in_file(
            f"minutes says {lab.file.minutes:g} and the work takes {counted:.0f}: say at least"
            f" that, and at most {MINUTES}.",
            "minutes",
        )


def runs_fit_the_time(lab: Lab) -> Iterator[Finding]:
    """The budgets of [seconds] are given, and what was measured keeps the lab's."""
    for name, short in SECONDS.items():
        most = 2 * short if lab.name in LONG_LABS else short
        if not 0 < lab.file.seconds.get(name, 0) <= most:
            yield lab.in_file(f"[seconds] {name} must be given, at most {most:g}.", "seconds")
    if lab.calibration and lab.calibration.runs:
        middle = median(run.seconds for run in lab.calibration.runs)
        budget = lab.file.seconds.get("lab", 0)
        if middle > budget:
            yield lab.in_file(
                f"half of the runs took {middle:g} s or more, over [seconds] lab = {budget:g}:"
                " make the lab faster.",
                "seconds",
            )


def theory_comes_in_pieces(lab: Lab) -> Iterator[Finding]:
    """Between two code cells stand at most 250 words, up to the last exercise."""
    cells = lab.source.cells
    last = max((i for i, cell in enumerate(cells) if cell.kind == "exercise"), default=0)
    words, first = 0, ""
    for cell in cells[: last + 1]:
        if not cell.is_code:
            first = first if words else cell.id
            words += count_words(cell)
            continue
        if words > THEORY_WORDS:
            yield lab.at(
                first,
                f"{words} words stand in one piece: cut to {THEORY_WORDS}, or let code part them.",
            )
        words = 0


def count_words(cell: Cell) -> int:
    """Count the words that a student reads in a text cell: without model answers and addresses."""
    if cell.is_code or cell.kind == "question":
        return 0
    text = re.sub(r"\]\([^)]*\)|<[^>]+>", " ", cell.source)
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


RULES: list[Rule] = [
    points_add_up,
    visible_and_hidden_share,
    work_fits_the_time,
    runs_fit_the_time,
    theory_comes_in_pieces,
]
