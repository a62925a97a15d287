"""A course on disk: where nbgrader's folders lie, who handed in, which settings hold."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from traitlets.config import Config

from grading.config import Grader, read_config, read_grader, setting
from grading.errors import SetupError
from grading.sandbox import ROOT

# What lies in solutions/LAB and is not for students, in the words of nbgrader's
# CourseDirectory.ignore: its own list first, since setting it replaces that.
IGNORED = (
    ".ipynb_checkpoints",
    "*.pyc",
    "__pycache__",
    "feedback",
    "*.py",
    "lab.toml",
    "calibration.json",
    "answers",
)


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
        """Return who has handed in a lab, sorted; see also `misnamed`."""
        return [name for name in self._folders(lab) if _is_name(name)]

    def misnamed(self, lab: str) -> list[str]:
        """Return the folders in `submitted/` that hold a lab and cannot name a student."""
        return [name for name in self._folders(lab) if not _is_name(name)]

    def _folders(self, lab: str) -> list[str]:
        submitted = self.folder / "submitted"
        folders = submitted.iterdir() if submitted.is_dir() else ()
        return sorted(
            path.name
            for path in folders
            if not path.name.startswith(".") and os.path.lexists(path / lab)
        )


def _is_name(text: str) -> bool:
    """Say whether a file name can stand in a database, a terminal and another file's name."""
    return text.isprintable() and "\\" not in text
