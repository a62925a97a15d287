"""The course's own settings, read by traitlets from `grader_config.py` beside nbgrader's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from traitlets import Bool, Dict, Int, List, Unicode, Union
from traitlets.config import Config, Configurable, PyFileConfigLoader
from traitlets.config.loader import ConfigFileNotFound

from grading.errors import SetupError
from grading.place import Budget

FILE = "grader_config.py"


class Grader(Configurable):
    """How a class is graded: `c.Grader.…` in `grader_config.py`."""

    course_key = Unicode(
        "practice",
        help="Seed of the hidden inputs: any text that students do not know, kept for the term.",
    ).tag(config=True)
    require_gpu = Union(
        [Bool(), List(Unicode())],
        default_value=False,
        help="False, True, or the names of the labs that must run on a GPU.",
    ).tag(config=True)
    roster = Dict(
        key_trait=Unicode(),
        value_trait=Unicode(),
        help="Student id to variant. A submission on another variant is reported.",
    ).tag(config=True)
    workers = Int(2, min=1, help="Submissions that are graded at the same time.").tag(config=True)
    cell_seconds = Int(
        45,
        min=1,
        help="Time limit of one cell and of one test, on a machine where nothing else runs.",
    ).tag(config=True)
    notebook_seconds = Int(
        300, min=1, help="Time limit of one submission, likewise; three times that by the clock."
    ).tag(config=True)
    memory_mb = Int(4096, min=256, help="Memory limit of one process tree, in MiB.").tag(
        config=True
    )
    processes = Int(256, min=16, help="Limit on processes and threads.").tag(config=True)
    file_mb = Int(512, min=1, help="Limit on each file and private file system, in MiB.").tag(
        config=True
    )

    @property
    def budget(self) -> Budget:
        """The limits as one value."""
        return Budget(
            cell_seconds=self.cell_seconds,
            notebook_seconds=self.notebook_seconds,
            memory_mb=self.memory_mb,
            processes=self.processes,
            file_mb=self.file_mb,
        )

    def needs_gpu(self, lab: str) -> bool:
        """Say whether a lab must run on a GPU."""
        return self.require_gpu is True or (
            isinstance(self.require_gpu, list) and lab in self.require_gpu
        )


def read_config(root: Path) -> Config:
    """Return the settings in a course's `grader_config.py`; none if there is no such file.

    Raises
    ------
    SetupError
        If the file is no Python, or raises.
    """
    try:
        return PyFileConfigLoader(FILE, path=str(root)).load_config()
    except ConfigFileNotFound:
        return Config()
    # The file is a program of the instructor's: whatever it raises is a mistake in it.
    except (Exception, SystemExit) as error:
        raise SetupError(f"{root / FILE} cannot be read: {type(error).__name__}: {error}") from None


def read_grader(config: Config) -> Grader:
    """Return our part of the settings, each checked.

    Raises
    ------
    SetupError
        If a setting is unknown or has a value that it cannot have.
    """
    unknown = sorted(set(config.get("Grader", {})) - set(Grader.class_trait_names(config=True)))
    if unknown:
        known = ", ".join(sorted(Grader.class_trait_names(config=True)))
        raise SetupError(f"c.Grader.{unknown[0]} in {FILE} is no setting; there are {known}.")
    try:
        return Grader(config=config)
    except Exception as error:  # traitlets raises TraitError, and others for nested values
        raise SetupError(f"A setting in {FILE} is wrong: {error}") from None


def setting(config: Config, section: str, name: str, default: Any) -> Any:
    """Return one of nbgrader's settings as it stands in the file, or a default."""
    section_config = config.get(section, Config())
    return section_config.get(name, default)
