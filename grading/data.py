"""Get a lab's data ready before a class is graded: all rows for the referee, a part for students."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from grading.assignment import Assignment
from grading.errors import SetupError


@dataclass(frozen=True, slots=True)
class Data:
    """Where the data of a lab lie.

    `sources` says for each data set whether it is "real" or "twin", `where` is a sentence for each.
    """

    student: Path
    referee: Path
    mirror: Path | None
    sources: dict[str, str]
    where: tuple[str, ...]


def prepare_data(assignment: Assignment, folder: Path) -> Data:
    """Fetch or make every data set of a lab, and write the students' part into `folder`.

    Raises
    ------
    SetupError
        If the data cannot be had or written.
    """
    import data_scripts
    from data_scripts.places import cache_folder, mirror_folder

    names = sorted({name for sets in assignment.variants.values() for name in sets})
    sources, where = {}, []
    folder.mkdir(parents=True, exist_ok=True)  # a lab may need no data at all
    try:
        found = {name: data_scripts.load(name, part="full") for name in names}
        for sets in assignment.variants.values():
            # As in `labkit.Lab.load`: what is used together comes from one source.
            if len({found[name].source for name in sets}) > 1:
                found |= {name: data_scripts.load(name, "full", "twin") for name in sets}
        for name, loaded in found.items():
            sources[name] = loaded.source
            where.append(loaded.where)
            data_scripts.notebook_cache(folder, [name], source=loaded.source)
    except data_scripts.DataError as error:
        raise SetupError(f"The data of {assignment.name} cannot be prepared: {error}") from None
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    referee = cache_folder()
    if not referee.is_dir():  # the mirror has everything, or nothing can be written
        referee = folder.with_name("empty-cache")
        referee.mkdir(mode=0o755)
    mirror = mirror_folder()
    return Data(
        student=folder,
        referee=referee,
        mirror=mirror if mirror is not None and mirror.is_dir() else None,
        sources=sources,
        where=tuple(where),
    )
