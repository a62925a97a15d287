"""A course on disk: where nbgrader's folders lie, who handed in, which settings hold."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from traitlets.config import Config

from grading.config import Grader, read_config, read_grader, setting
from grading.errors import SetupError
from grading.sandbox import ROOT


@dataclass(frozen=True)
class Course:
    """One course.

    Parameters
    ----------
    folder
        Where `submitted/`, `autograded/`, `feedback/`, `records/` and the gradebook lie.
    labs
        Where `solutions/` and `labs/` lie; the project itself by default.
    grader
        Our settings.
    config
        All settings of `grader_config.py`.
    """

    folder: Path
    grader: Grader
    config: Config
    labs: Path = ROOT

    @classmethod
    def open(cls, folder: Path) -> Course:
        """Return the course in a folder, with the settings of the nearest `grader_config.py`."""
        folder = folder.resolve()
        if not folder.is_dir():
            raise SetupError(f"There is no course folder {folder}.")
        here = (folder / "grader_config.py").is_file()
        config = read_config(folder if here else ROOT)
        return cls(folder, read_grader(config), config)

    @property
    def db_url(self) -> str:
        """nbgrader's address of the gradebook."""
        default = f"sqlite:///{self.folder / 'gradebook.db'}"
        return str(setting(self.config, "CourseDirectory", "db_url", default))

    @property
    def course_id(self) -> str:
        """nbgrader's name of the course, empty by default."""
        return str(setting(self.config, "CourseDirectory", "course_id", "default_course"))

    def submitted(self, student: str, lab: str) -> Path:
        """Return the folder of a submission."""
        return self.folder / "submitted" / student / lab

    def autograded(self, student: str, lab: str) -> Path:
        """Return the folder of a judged notebook."""
        return self.folder / "autograded" / student / lab

    def students(self, lab: str) -> list[str]:
        """Return who has handed in a lab, sorted."""
        return sorted(path.parent.name for path in (self.folder / "submitted").glob(f"*/{lab}"))
