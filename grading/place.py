"""Where a submission is graded: budget, data, sandboxes of the student's kernel and the referee."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from grading.sandbox import FIRST_UID, ROOT, Limits, Sandbox
from grading.stopwatch import PATIENCE

# Where the course's packages and data lie inside a sandbox.
COURSE = Path("/course")
DATA = Path("/data")
MIRROR = Path("/mirror")
HOME = Path("/home/student")


@dataclass(frozen=True, slots=True)
class Budget:
    """What one submission may use; `grader_config.py` sets it.

    `cell_seconds` holds for each cell and each test, `notebook_seconds` for the whole; both are those
    of a `Stopwatch`.
    """

    cell_seconds: int = 45
    notebook_seconds: int = 300
    memory_mb: int = 4096
    processes: int = 256
    file_mb: int = 512

    @property
    def limits(self) -> Limits:
        """The part that the sandbox enforces."""
        seconds = (PATIENCE + 1) * self.notebook_seconds  # what the grader stops comes before
        return Limits(self.memory_mb, self.processes, self.file_mb, seconds)


@dataclass(frozen=True, slots=True)
class Place:
    """What all submissions of a run share.

    Parameters
    ----------
    budget
        See `Budget`.
    student_data
        A cache that holds only what fast mode gives to a notebook.
    referee_data
        The cache with all rows; `mirror` beside it where there is one.
    sources
        For each data set "real" or "twin": what both use.
    course_key
        Seeds the hidden inputs of this course.
    beside
        Files of the lab that lie beside the notebook.
    require_gpu
        Let the GPU in and fail the environment test without one.
    isolated
        False only for trusted work on a machine without a sandbox.
    """

    budget: Budget
    student_data: Path
    referee_data: Path
    sources: dict[str, str]
    course_key: str
    mirror: Path | None = None
    beside: tuple[Path, ...] = ()
    require_gpu: bool = False
    isolated: bool = True

    @property
    def agent(self) -> Path:
        """Path of the kernel's launcher as its process sees it."""
        return (COURSE if self.isolated else ROOT) / "grading" / "inside" / "kernel.py"

    @property
    def referee(self) -> Path:
        """Path of the referee's program as its process sees it."""
        return (COURSE if self.isolated else ROOT) / "grading" / "referee" / "process.py"

    def source_of(self, names: tuple[str, ...]) -> str:
        """Return "real" if all of some data sets are, else "twin"; "" for none."""
        kinds = {self.sources.get(name, "twin") for name in names}
        return "" if not kinds else "twin" if "twin" in kinds else "real"

    def student_sandbox(self, folder: Path, wire: Path, slot: int) -> Sandbox:
        """Return the surroundings of a student's kernel.

        It sees the packages that a notebook imports, the notebook's part of the data, the files
        beside the notebook and the referee's socket; no test, no solution, no other submission.
        """
        packages = (
            "labkit", "data_scripts", "pyproject.toml", "grading/__init__.py", "grading/inside"
        )  # fmt: skip
        mounts = [(ROOT / name, COURSE / name) for name in packages]
        mounts += [(path, HOME / path.name) for path in self.beside]
        mounts += [(self.student_data, DATA), (wire, wire)]
        data = DATA if self.isolated else self.student_data
        return Sandbox(
            limits=self.budget.limits,
            read_only=tuple(mounts),
            shared=folder,
            environment=self._environment(folder, data),
            uid=FIRST_UID + 2 * slot,
            gpu=self.require_gpu,
            isolated=self.isolated,
        )

    def referee_sandbox(self, wire: Path, slot: int) -> Sandbox:
        """Return the surroundings of the referee: packages, the lab's files, all rows of the data."""
        packages = ("labkit", "data_scripts", "pyproject.toml", "grading")
        mounts = [(ROOT / name, COURSE / name) for name in packages]
        mounts += [(path, HOME / path.name) for path in self.beside]
        mounts.append((self.referee_data, DATA))
        if self.mirror is not None:
            mounts.append((self.mirror, MIRROR))
        data = DATA if self.isolated else self.referee_data
        environment = self._environment(wire, data)
        environment |= {"NBGRADER_EXECUTION": "autograde", "LABS_COURSE_KEY": self.course_key}
        if self.mirror is not None:
            environment["LABS_MIRROR"] = str(MIRROR if self.isolated else self.mirror)
        return Sandbox(
            limits=self.budget.limits,
            read_only=tuple(mounts),
            shared=wire,
            environment=environment,
            uid=FIRST_UID + 2 * slot + 1,
            gpu=self.require_gpu,
            isolated=self.isolated,
        )

    def _environment(self, folder: Path, data: Path) -> dict[str, str]:
        """Return all the variables that a process gets: none of the grader's own are inherited."""
        environment = {
            "HOME": str(HOME if self.isolated else folder),
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"]),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(COURSE if self.isolated else ROOT),
            "PYTHONHASHSEED": "0",
            "PYTHONDONTWRITEBYTECODE": "1",
            "MPLBACKEND": "agg",
            "LABS_MODE": "fast",
            "LABS_DATA": str(data),
            "LABS_OFFLINE": "1",
            "LABS_REQUIRE_GPU": "1" if self.require_gpu else "0",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            # One thread each: sums are added up in the same order every time, and two
            # submissions at once do not slow each other down.
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "TF_NUM_INTRAOP_THREADS": "1",
            "TF_NUM_INTEROP_THREADS": "1",
        }
        # Where all data are of one kind, both processes are held to it: a referee that found real
        # rows where the notebook had its twin's would judge on other data.
        if len(set(self.sources.values())) == 1:
            environment["LABS_SOURCE"] = next(iter(self.sources.values()))
        if not self.require_gpu:
            environment["CUDA_VISIBLE_DEVICES"] = "-1"
        return environment
