"""Compares what is installed with the lower bounds that pyproject.toml gives."""

from __future__ import annotations

import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path

DISTRIBUTION = "deep-learning-labs"
CHECKED = ("numpy", "tensorflow", "keras")
_PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"


def version_problems() -> list[str]:
    """Return a text for each of Python, NumPy, TensorFlow and Keras that is too old or too new."""
    python, requirements = _bounds()
    problems = []
    here = ".".join(str(part) for part in sys.version_info[:3])
    if not _fits(here, python):
        problems.append(f"Python {here}, supported is {python}")
    for name in CHECKED:
        bound = requirements.get(name, "")
        installed = _installed(name)
        if installed is None:
            problems.append(f"no {name}, needed is {name}{bound}")
        elif not _fits(installed, bound):
            problems.append(
                f"{name} {installed}, needed is {name}{bound}: pip install '{name}{bound}'"
            )
    return problems


def _bounds() -> tuple[str, dict[str, str]]:
    """Return the bounds for Python and for each package, of the checkout or the installed one."""
    if _PYPROJECT.is_file():
        project = tomllib.loads(_PYPROJECT.read_text(encoding="utf-8"))["project"]
        python, lines = project["requires-python"], project["dependencies"]
    else:
        metadata = importlib.metadata.metadata(DISTRIBUTION)
        python, lines = metadata["Requires-Python"], metadata.get_all("Requires-Dist") or []
    pairs = (re.match(r"([\w.-]+)\s*([^;]*)", line) for line in lines if "extra ==" not in line)
    return python, {pair[1].lower(): pair[2].strip() for pair in pairs if pair}


def _installed(name: str) -> str | None:
    # Builds of TensorFlow have names of their own, so the module itself is asked.
    module = sys.modules.get(name)
    if module is not None:
        return str(module.__version__)
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _fits(version: str, bound: str) -> bool:
    """Say whether a version keeps a bound such as ``>=3.11,<3.14``.

    >>> _fits("3.13.1", ">=3.11,<3.14"), _fits("3.14.0", ">=3.11,<3.14"), _fits("2.0.0rc1", ">=2.0")
    (True, False, True)
    """
    for one in filter(None, (part.strip() for part in bound.split(","))):
        match = re.fullmatch(r"(>=|<)\s*([\d.]+)", one)
        if not match:
            raise ValueError(f"pyproject.toml: {one!r} is no bound of the form >=1.2 or <1.2.")
        if (_numbers(version) >= _numbers(match[2])) != (match[1] == ">="):
            return False
    return True


def _numbers(version: str) -> tuple[int, ...]:
    numbers = [int(part) for part in re.findall(r"\d+", re.match(r"[\d.]*", version)[0])]
    while numbers and numbers[-1] == 0:  # 2.0 and 2.0.0 are one version
        numbers.pop()
    return tuple(numbers)
