"""Rules on what a lab consists of: its parts, cells, exercises, variants and pictures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from authoring.pycode import literal_assignment
from authoring.rules.lab import Finding, Lab, Rule

# The words that the five headings of second level begin with, below the title.
PARTS = ("Introduction", "Theory", "Work", "Conclusion", "Variants")
# nbformat allows no longer cell id.
ID_LENGTH = 64
ALT_WORDS = 3


def options_are_sound(lab: Lab) -> Iterator[Finding]:
    """Options on cell lines are known, quoted and complete, and names are used once."""
    for problem in lab.source.problems:
        yield lab.at(problem.cell, problem.message)


def ids_are_unique_and_short(lab: Lab) -> Iterator[Finding]:
    """Every cell has an id of its own that notebooks and nbgrader accept."""
    for name, times in Counter(cell.id for cell in lab.source.cells).items():
        if times > 1:
            yield lab.at(name, f"this id is used {times} times: rename all but one.")
        if not re.fullmatch(r"[A-Za-z0-9_-]+", name) or len(name) > ID_LENGTH:
            yield lab.at(name, f"the id is no name of at most {ID_LENGTH} letters: rename it.")


def six_parts_in_order(lab: Lab) -> Iterator[Finding]:
    """A title, then Introduction, Theory, Work, Conclusion, Variants, as headings."""
    headings = [
        (cell, *found)
        for cell in lab.source.cells
        if cell.kind == "text"
        for found in re.findall(r"^(##?) +(.+)$", _without_code(cell.source), re.MULTILINE)
    ]
    titles = [text for _, marks, text in headings if marks == "#"]
    if len(titles) != 1 or not headings or headings[0][1] != "#":
        yield lab.at("title", "the lab needs one heading `# …`, its title, before all others.")
    parts = [(cell, text) for cell, marks, text in headings if marks == "##"]
    for cell, text in parts:
        if not text.startswith(PARTS):
            yield lab.at(cell, f"heading `## {text}` is none of the parts: use `###`.")
    found = [part for _, text in parts for part in PARTS if text.startswith(part)]
    if found != list(PARTS):
        wanted = ", ".join(PARTS)
        yield lab.at(
            "parts", f"the `##` headings must be {wanted}, once each and in this order; mend them."
        )


def four_to_six_exercises(lab: Lab) -> Iterator[Finding]:
    """A lab has four to six exercises."""
    count = len(lab.source.exercises)
    if not 4 <= count <= 6:
        yield lab.at("exercises", f"there are {count} exercises; a lab has four to six.")


def one_clinic(lab: Lab) -> Iterator[Finding]:
    """Exactly one exercise is the bug clinic."""
    clinics = [name for name, cell in lab.source.exercises.items() if cell.clinic]
    if len(clinics) != 1:
        yield lab.at(
            "exercises",
            f"there are {len(clinics)} bug clinics: mark exactly one exercise with `clinic=true`.",
        )


def two_variants(lab: Lab) -> Iterator[Finding]:
    """A lab runs on two kinds of data at least, each with a name of its own."""
    names = [variant["name"] for variant in lab.file.variants]
    if len(set(names)) < 2 or len(set(names)) < len(names):
        yield lab.in_file("name at least two different [[variant]] entries.", "variant")


def variant_cell(lab: Lab) -> Iterator[Finding]:
    """One free cell says which variant runs, as a literal: the first of lab.toml."""
    said = [
        (cell, literal_assignment(cell.source, "VARIANT"))
        for cell in lab.python()
        if "VARIANT" in lab.names(cell).bound
    ]
    if len(said) != 1 or said[0][0].kind != "free":
        yield lab.at("VARIANT", 'exactly one cell `# %% free` must say `VARIANT = "…"`: add it.')
        return
    default = next((variant["name"] for variant in lab.file.variants), None)
    if said[0][1] != default:
        yield lab.at(said[0][0], f'the line must be `VARIANT = "{default}"`, the first variant.')


def pictures_have_alt_text(lab: Lab) -> Iterator[Finding]:
    """Every picture in a text says in a few words what it shows."""
    for cell in lab.source.cells:
        if cell.is_code:
            continue
        text = _without_code(cell.source)
        pictures = re.findall(r"!\[([^\]]*)\]", text)
        for tag in re.findall(r"<img\b[^>]*>", text, re.IGNORECASE):
            alt = re.search(r"alt=(\"[^\"]*\"|'[^']*')", tag)
            pictures.append(alt[1].strip("\"'") if alt else "")
        for alt in pictures:
            if len(alt.split()) < ALT_WORDS:
                yield lab.at(cell, f"a picture's alt text is `{alt}`: say what it shows.")


def _without_code(text: str) -> str:
    return re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)


RULES: list[Rule] = [
    options_are_sound,
    ids_are_unique_and_short,
    six_parts_in_order,
    four_to_six_exercises,
    one_clinic,
    two_variants,
    variant_cell,
    pictures_have_alt_text,
]
