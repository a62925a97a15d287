"""Looks at a computer and says what the course still needs on it, each finding with its remedy.

    python labkit/doctor.py

It runs before anything is installed, with any Python from 3.8 on and the standard library alone,
also copied to a machine by itself. It installs and changes nothing. The exit code is 0 if all is
well and 1 if something must be mended.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import platform
import re
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

# What pyproject.toml says; a test compares. It is repeated here since this file travels alone.
PYTHON = ((3, 11), (3, 14))  # from, and below
BOUNDS = {
    "tensorflow": "2.18",
    "keras": "3.10",
    "numpy": "2.0",
    "pandas": "2.2",
    "matplotlib": "3.9",
    "scikit-learn": "1.5",
    "pooch": "1.8.2",
    "tqdm": "4.66",
    "jupyterlab": "4.2",
}
ADVISED = "3.12"

# Megabytes of TensorFlow 2.21.0 for Python 3.12, as pip reported them; the rest of what a
# notebook needs; and all of it installed on Linux, JupyterLab included, as `du` measured it.
WHEELS = {"Linux": 573, "Linux ARM": 282, "Windows": 351, "Darwin": 224}
OTHER_WHEELS = 200
INSTALLED = 2500
DATA = 100  # the largest set of chapters 1 to 3 is far below
MEMORY_GB = 4

OK, NOTE, MEND = "ok", "note", "MEND"
INSTALL = '-m pip install ".[notebook]"'
FIRST_LAB = "labs/ch01_setup/ch01_setup.ipynb"
COLAB = "use Colab, where all is installed (https://colab.research.google.com)"


class Finding(NamedTuple):
    """One line of the report.

    Attributes
    ----------
    level : str
        ``"ok"``, ``"note"`` (nothing need be done) or ``"MEND"``.
    text : str
        What was found.
    remedy : str
        What to do, in one sentence; may be empty.
    """

    level: str
    text: str
    remedy: str = ""


class Facts(NamedTuple):
    """What is known of a machine; None where it could not be found out."""

    python: tuple[int, ...]
    implementation: str = "CPython"
    bits: int = 64
    system: str = "Linux"  # or "Windows", "Darwin"
    processor: str = "x86_64"
    is_wsl: bool = False
    is_musl: bool = False
    in_colab: bool = False
    in_kernel: bool = False
    executable: str = "python"
    command: str = "python"  # what to type for this Python in a terminal
    first_lab: str = FIRST_LAB  # its path from here; empty if the course is not around this file
    in_environment: bool = True  # a virtual one, or conda's
    is_managed: bool = False  # the system forbids pip outside of an environment
    has_pip: bool = True
    has_venv: bool = True
    other_pythons: tuple[str, ...] = ()
    folder: str = "."
    is_writable: bool = True
    free_mb: float | None = None
    memory_gb: float | None = None
    long_paths: bool | None = None  # of Windows
    nvidia: tuple[str, ...] = ()
    tensorflow_gpus: int | None = None
    packages: Mapping[str, str] = MappingProxyType({})


# --- what to say of the facts -----------------------------------------------------------------


def diagnose(facts: Facts) -> list[Finding]:
    """Return what there is to say of a machine, in the order in which one mends it."""
    checks = (
        python_version,
        builds,
        kernel,
        environment,
        folder,
        disk,
        memory,
        packages,
        gpu,
    )
    return [finding for check in checks for finding in check(facts)]


def python_version(facts: Facts) -> list[Finding]:
    """Judge the version of Python."""
    low, high = PYTHON
    here = ".".join(str(part) for part in facts.python[:3])
    wanted = "{}.{} to {}.{}".format(*low, high[0], high[1] - 1)
    if _is_supported(facts):
        return [Finding(OK, f"Python {here}")]
    why = "too old" if facts.python[:2] < low else "too new: TensorFlow has no package for it yet"
    text = f"Python {here} is {why}; the course needs {wanted}"
    return [Finding(MEND, text, _how_to_get_python(facts))]


def _is_supported(facts: Facts) -> bool:
    return PYTHON[0] <= facts.python[:2] < PYTHON[1]


def _how_to_get_python(facts: Facts) -> str:
    if facts.in_colab:
        return "Choose Runtime > Change runtime type and take the latest runtime version."
    if facts.other_pythons:
        name = facts.other_pythons[0]
        return (
            f"This machine has another: in the course's folder run `{name} -m venv .venv`, "
            "then `. .venv/bin/activate`."
        )
    if facts.system == "Windows":
        return (
            f"Run `winget install Python.Python.{ADVISED}` or take the 64-bit installer of Python {ADVISED} from "
            f"python.org, then make the environment with `py -{ADVISED} -m venv .venv`."
        )
    if facts.system == "Darwin":
        return (
            f"Take the installer of Python {ADVISED} from python.org or run `brew install python@{ADVISED}`, then "
            f"`python{ADVISED} -m venv .venv`."
        )
    return (
        f"Run `sudo apt install python{ADVISED} python{ADVISED}-venv` (Fedora: `sudo dnf install python{ADVISED}`), or "
        f"where the system has none `uv venv --seed --python {ADVISED} .venv` (uv: see docs.astral.sh/uv), "
        "then work in that environment."
    )


def builds(facts: Facts) -> list[Finding]:
    """Judge whether TensorFlow is built for this processor, system and kind of Python."""
    processor = facts.processor.lower()
    where = "{} on {}".format(facts.system.replace("Darwin", "macOS"), facts.processor)
    is_arm = processor in ("arm64", "aarch64")
    if facts.bits != 64:
        text = f"this Python has {facts.bits} bits, TensorFlow needs 64"
        return [Finding(MEND, text, _how_to_get_python(facts._replace(other_pythons=())))]
    if facts.implementation != "CPython":
        text = f"this is {facts.implementation}, and TensorFlow is built for CPython only"
        return [Finding(MEND, text, _how_to_get_python(facts._replace(other_pythons=())))]
    if facts.system == "Darwin" and not is_arm:
        remedy = (
            "On a Mac with Apple's own chip take a Python for arm64 (this one runs translated); with "
            f"an Intel chip {COLAB}."
        )
        text = f"{where}: new TensorFlow versions are not built for it"
        return [Finding(MEND, text, remedy)]
    if facts.system == "Windows" and is_arm:
        remedy = f"Take the 64-bit x86 installer of Python {ADVISED}, which Windows translates, or {COLAB}."
        return [Finding(MEND, f"{where}: TensorFlow is not built for it", remedy)]
    if facts.is_musl or not (is_arm or processor in ("x86_64", "amd64")):
        what = "Linux without glibc (such as Alpine)" if facts.is_musl else where
        text = f"{what}: TensorFlow is not built for it"
        return [Finding(MEND, text, f"Take another machine or system, or {COLAB}.")]
    found = [Finding(OK, f"{where}, 64 bits")]
    if facts.is_wsl:
        found.append(Finding(NOTE, "Linux inside Windows (WSL)"))
    return found


def kernel(facts: Facts) -> list[Finding]:
    """Name Colab, or the interpreter that a Jupyter kernel uses."""
    if facts.in_colab:
        remedy = (
            "The first cell of each lab installs what is missing; leave Colab's packages alone."
        )
        return [Finding(NOTE, "this is Colab", remedy)]
    if facts.in_kernel:
        remedy = "What you install has to go there: `%pip install` in a cell does."
        return [Finding(NOTE, f"this Jupyter kernel runs {facts.executable}", remedy)]
    return [Finding(OK, f"interpreter {facts.executable}")]


def environment(facts: Facts) -> list[Finding]:
    """Judge whether packages can be installed, and where they would go."""
    if facts.in_colab or not _is_supported(facts):
        return []  # with another Python all of this changes
    found = []
    minor = "{}.{}".format(*facts.python[:2])
    if not facts.in_environment and not facts.has_venv:
        remedy = f"Run `sudo apt install python{minor}-venv`: Debian and Ubuntu leave it out."
        if facts.system != "Linux":
            remedy = "Install Python again from python.org, with all its parts."
        found.append(
            Finding(
                MEND, f"Python has no `ensurepip`, so `{facts.command} -m venv` will fail", remedy
            )
        )
    elif not facts.in_environment:
        text = "no virtual environment is active"
        if facts.is_managed:
            text += ", and this system forbids pip outside of one"
        activate = (
            r".venv\Scripts\activate" if facts.system == "Windows" else ". .venv/bin/activate"
        )
        remedy = f"In the course's folder run `{facts.command} -m venv .venv`, then `{activate}`."
        level = MEND if facts.is_managed and _is_missing(facts) else NOTE
        found.append(Finding(level, text, remedy))
    if not facts.has_pip and (facts.in_environment or not facts.has_venv):
        remedy = f"Run `{facts.command} -m ensurepip --upgrade`."
        if not facts.has_venv:
            remedy = "Run `sudo apt install python3-pip python3-venv`, then make an environment."
        found.append(Finding(MEND, "this Python has no pip", remedy))
    return found or [Finding(OK, "a virtual environment with pip")]


def folder(facts: Facts) -> list[Finding]:
    """Judge whether the folder can be written to, and on Windows whether paths get too long."""
    found = []
    if not facts.is_writable:
        remedy = "Copy the course into a folder of your own, such as Documents, and start it there."
        found.append(Finding(MEND, f"{facts.folder} cannot be written to", remedy))
    # TensorFlow's longest file stands 200 characters below the folder that has the environment.
    if facts.system == "Windows" and facts.long_paths is False and len(facts.folder) > 60:
        remedy = (
            r"Move the course to a short path such as C:\course, or switch long paths on "
            "(LongPathsEnabled, see Microsoft's page on maximum path length)."
        )
        text = f"the path {facts.folder} is long, and Windows allows 260 characters"
        found.append(Finding(MEND if _is_missing(facts) else NOTE, text, remedy))
    return found or [Finding(OK, f"folder {facts.folder} can be written to")]


def disk(facts: Facts) -> list[Finding]:
    """Compare free space with what is still to be downloaded and installed."""
    if facts.free_mb is None:
        return [Finding(NOTE, "free disk space is unknown")]
    free = f"{facts.free_mb / 1000:.1f} GB free on disk"
    if facts.packages.get("tensorflow") or facts.in_colab:
        if facts.free_mb < DATA:
            return [Finding(MEND, free, f"Make room: the data need about {DATA} MB.")]
        return [Finding(OK, free)]
    arm = facts.system == "Linux" and facts.processor.lower() in ("arm64", "aarch64")
    download = WHEELS.get("Linux ARM" if arm else facts.system, WHEELS["Linux"]) + OTHER_WHEELS
    text = f"{free}; to download: about {download} MB, installed up to {INSTALLED / 1000:.1f} GB"
    # While pip unpacks, the download lies beside what is installed.
    needed = INSTALLED + download + DATA
    if facts.free_mb < needed:
        remedy = f"Make room for {needed / 1000:.1f} GB, or {COLAB}."
        return [Finding(MEND, text, remedy)]
    return [Finding(OK, text)]


def memory(facts: Facts) -> list[Finding]:
    """Compare memory with what the labs use."""
    if facts.memory_gb is None:
        return [Finding(NOTE, "memory is unknown")]
    text = f"{facts.memory_gb:.1f} GB of memory"
    if facts.memory_gb < MEMORY_GB - 0.5:  # machines report a little less than they have
        remedy = f"Close other programs and run one lab at a time, or {COLAB}."
        return [Finding(NOTE, f"{text}, less than {MEMORY_GB} GB", remedy)]
    return [Finding(OK, text)]


def packages(facts: Facts) -> list[Finding]:
    """Compare installed versions with what the course needs."""
    missing = _is_missing(facts)
    old = [
        f"{name} {facts.packages[name]} (needed {bound})"
        for name, bound in BOUNDS.items()
        if facts.packages.get(name) and _numbers(facts.packages[name]) < _numbers(bound)
    ]
    found = []
    if old:
        names = " ".join(f'"{one.split()[0]}>={BOUNDS[one.split()[0]]}"' for one in old)
        remedy = f"Run `{_for_packages(facts)} -m pip install --upgrade {names}`."
        if facts.in_colab:
            remedy = "Choose Runtime > Disconnect and delete runtime, and take the latest version."
        found.append(Finding(MEND, "too old: " + ", ".join(old), remedy))
    if missing:
        remedy = (
            f"In the course's folder, in its environment, run `{_for_packages(facts)} {INSTALL}`."
        )
        if facts.in_colab:
            remedy = "Run `%pip install {}` in a cell.".format(" ".join(missing))
        found.append(Finding(MEND, "not installed: " + ", ".join(missing), remedy))
    if not found:
        versions = ("tensorflow", "keras", "numpy")
        text = ", ".join(f"{name} {facts.packages[name]}" for name in versions)
        found.append(Finding(OK, "all packages, among them " + text))
    return found


def _for_packages(facts: Facts) -> str:
    """Return what to type for Python where packages are installed, which an environment may change."""
    is_name = not re.search(r"[\\/ ]", facts.command) and facts.system != "Windows"
    return facts.command if facts.in_environment or is_name else "python"


def _is_missing(facts: Facts) -> list[str]:
    """List the packages that are not there; a notebook also opens elsewhere than in JupyterLab."""
    needed = [name for name in BOUNDS if name != "jupyterlab" or not _has_notebook(facts)]
    return [name for name in needed if not facts.packages.get(name)]


def _has_notebook(facts: Facts) -> bool:
    return facts.in_colab or facts.in_kernel or bool(facts.packages.get("jupyterlab"))


def gpu(facts: Facts) -> list[Finding]:
    """Say what of a GPU TensorFlow can use; none is ever needed."""
    without = "every lab runs without a GPU, and no points depend on one"
    if facts.nvidia:
        name = ", ".join(facts.nvidia)
        if facts.tensorflow_gpus:
            return [Finding(OK, f"GPU {name}, which TensorFlow uses")]
        if facts.system == "Windows":
            remedy = f"Nothing need be done: {without}; who wants it installs WSL2 and the course inside it."
            text = f"GPU {name}: TensorFlow on Windows has used none since version 2.11"
            return [Finding(NOTE, text, remedy)]
        if facts.tensorflow_gpus is None:
            text = f"GPU {name}; whether TensorFlow uses it shows when it is installed"
        else:
            text = f"GPU {name}, which TensorFlow does not see"
        remedy = (
            f"If you want it, run `{_for_packages(facts)} -m pip install 'tensorflow[and-cuda]'` "
            f"(several GB) with a driver that is up to date; {without}."
        )
        return [Finding(NOTE, text, remedy)]
    if facts.in_colab:
        remedy = f"If you want one, choose Runtime > Change runtime type > GPU; {without}."
        return [Finding(NOTE, "no GPU in this runtime", remedy)]
    if facts.system == "Darwin":
        text = "Apple's GPU: the official TensorFlow computes on the CPU of a Mac"
        return [Finding(NOTE, text, f"Nothing need be done: {without}.")]
    return [Finding(OK, f"no NVIDIA GPU; {without}")]


def _numbers(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, without zeros at the end: 2.0 and 2.0.0 are one version."""
    match = re.match(r"[\d.]*", version)
    numbers = [int(part) for part in re.findall(r"\d+", match.group() if match else "")]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


# --- how to find the facts --------------------------------------------------------------------


def look(folder_name: str | None = None) -> Facts:
    """Find out what there is to know; what cannot be found out stays at its default."""
    version = tuple(sys.version_info[:3])
    system = platform.system()
    in_colab = "google.colab" in sys.modules or "COLAB_RELEASE_TAG" in os.environ
    place = os.path.abspath(folder_name or os.getcwd())
    versions = {name: _try(lambda one=name: _version(one), "") for name in BOUNDS}
    for other in ("tensorflow-cpu", "tensorflow-intel", "tensorflow-macos", "tf-nightly"):
        versions["tensorflow"] = versions["tensorflow"] or _try(lambda one=other: _version(one), "")
    nvidia = _try(_nvidia, ())
    asked = nvidia and versions["tensorflow"] and system != "Windows"
    return Facts(
        python=version,
        implementation=platform.python_implementation(),
        bits=struct.calcsize("P") * 8,
        system=system,
        processor=platform.machine(),
        is_wsl="microsoft" in platform.release().lower(),
        is_musl=_try(_is_musl, False),
        in_colab=in_colab,
        in_kernel="ipykernel" in sys.modules,
        executable=sys.executable or "unknown",
        command=_try(_command, "python"),
        first_lab=_try(_first_lab, ""),
        in_environment=sys.prefix != sys.base_prefix or "CONDA_PREFIX" in os.environ,
        is_managed=_try(_is_managed, False),
        has_pip=_has("pip"),
        has_venv=_has("venv") and _has("ensurepip"),
        other_pythons=() if PYTHON[0] <= version[:2] < PYTHON[1] else _try(_other_pythons, ()),
        folder=place,
        is_writable=_try(lambda: _is_writable(place), False),
        free_mb=_try(lambda: shutil.disk_usage(place).free / 1e6, None),
        memory_gb=_try(lambda: _memory(system), None),
        long_paths=_try(_long_paths, None) if system == "Windows" else None,
        nvidia=nvidia,
        tensorflow_gpus=_try(_tensorflow_gpus, None) if asked else None,
        packages=versions,
    )


def _try(find, default):
    """Call a function that may fail in any way: a doctor has no accidents of its own."""
    try:
        return find()
    except Exception:
        return default


def _version(name: str) -> str:
    import importlib.metadata

    return importlib.metadata.version(name)


def _has(module: str) -> bool:
    return _try(lambda: importlib.util.find_spec(module) is not None, False)


def _command() -> str:
    """Return the shortest command that starts this very Python here, its path if none does."""
    own = os.path.basename(sys.executable)
    for name in ("python", "python3", re.sub(r"\.exe$", "", own, flags=re.IGNORECASE)):
        found = shutil.which(name)
        if found and _is_this_python(found):
            return name
    return _quoted(sys.executable or "python")


def _is_this_python(path: str) -> bool:
    # A link in an environment leads to the Python that made it, and yet is another one.
    here, there = (os.path.dirname(os.path.abspath(one)) for one in (sys.executable, path))
    is_one_file = os.path.realpath(path) == os.path.realpath(sys.executable)
    return is_one_file and (here == there or not (_is_venv(here) or _is_venv(there)))


def _is_venv(folder: str) -> bool:
    return os.path.exists(os.path.join(os.path.dirname(folder), "pyvenv.cfg"))


def _first_lab() -> str:
    course = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    path = os.path.join(course, *FIRST_LAB.split("/"))
    if not os.path.exists(path):
        return ""
    return FIRST_LAB if os.path.samefile(course, os.getcwd()) else _quoted(path)


def _quoted(path: str) -> str:
    return f'"{path}"' if " " in path else path


def _is_musl() -> bool:
    return platform.system() == "Linux" and any(
        name.startswith("ld-musl") for name in os.listdir("/lib")
    )


def _is_managed() -> bool:
    import sysconfig

    return os.path.exists(os.path.join(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED"))


def _other_pythons() -> tuple[str, ...]:
    """Return the names of supported Pythons on the path, the advised one first."""
    (major, first), (_, end) = PYTHON
    minors = sorted(range(first, end), key=lambda minor: f"3.{minor}" != ADVISED)
    names = [f"python{major}.{minor}" for minor in minors]
    return tuple(name for name in names if shutil.which(name) and _runs(name))


def _runs(name: str) -> bool:
    # pyenv puts a script on the path for every Python, also for those that it does not offer here.
    return subprocess.run([name, "-c", ""], capture_output=True, timeout=20).returncode == 0


def _is_writable(place: str) -> bool:
    with tempfile.TemporaryFile(dir=place):
        return True


def _memory(system: str) -> float | None:
    if system == "Windows":
        return _windows_memory()
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return size / 1e9 if size > 0 else None


def _windows_memory() -> float:
    class Status(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ulong), ("load", ctypes.c_ulong)] + [
            (name, ctypes.c_ulonglong) for name in ("total", "free", "a", "b", "c", "d", "e")
        ]

    status = Status(length=ctypes.sizeof(Status))
    if not ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
        raise OSError("Windows does not tell")
    return status.total / 1e9


def _long_paths() -> bool:
    import winreg

    where = r"SYSTEM\CurrentControlSet\Control\FileSystem"
    with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, where) as key:
        return winreg.QueryValueEx(key, "LongPathsEnabled")[0] == 1


def _nvidia() -> tuple[str, ...]:
    command = shutil.which("nvidia-smi")
    if not command:
        return ()
    order = [command, "--query-gpu=name", "--format=csv,noheader"]
    done = subprocess.run(order, capture_output=True, timeout=30, text=True)
    lines = done.stdout.splitlines() if done.returncode == 0 else []
    return tuple(line.strip() for line in lines if line.strip())


def _tensorflow_gpus() -> int | None:
    """Ask TensorFlow, in a process of its own: it takes seconds, and may end badly."""
    code = "import tensorflow as tf; print(len(tf.config.list_physical_devices('GPU')))"
    quiet = dict(os.environ, TF_CPP_MIN_LOG_LEVEL="3")
    order = [sys.executable, "-c", code]
    done = subprocess.run(order, capture_output=True, timeout=120, text=True, env=quiet)
    return int(done.stdout.split()[-1])


# --- the report -------------------------------------------------------------------------------


def report(findings: list[Finding], facts: Facts | None = None) -> str:
    """Write the findings down, a remedy below each that has one, and what to do next."""
    lines = []
    for level, text, remedy in findings:
        lines.append("[{}]{}{}".format(level, " " * (5 - len(level)), text))
        if remedy:
            lines.append("       -> " + remedy)
    count = sum(level == MEND for level, _, _ in findings)
    if not count:
        end = "Nothing must be mended: all packages are installed. " + _next_step(facts)
    elif count == 1:
        end = "One thing must be mended; then run this again."
    else:
        end = f"{count} things must be mended, from the top; then run this again."
    return "\n".join([*lines, "", end])


def _next_step(facts: Facts | None) -> str:
    """Say how to open a lab from where the doctor was called, in an environment or not."""
    if facts is None or facts.in_kernel or facts.in_colab:
        return "Go on with the lab."
    if not facts.first_lab:
        return f"Open a lab: in the course's folder `{facts.command} -m jupyterlab {FIRST_LAB}`."
    return f"Open a lab: `{facts.command} -m jupyterlab {facts.first_lab}`."


def main(arguments: list[str] | None = None) -> int:
    """Print the report and return the exit code: 1 if something must be mended."""
    given = sys.argv[1:] if arguments is None else arguments
    if given:
        print("usage: python labkit/doctor.py    (no arguments; it looks, and changes nothing)")
        return 0 if given[0] in ("-h", "--help") else 2
    facts = look()
    findings = diagnose(facts)
    text = report(findings, facts)
    try:
        print(text)
    except UnicodeEncodeError:  # a path with letters that this terminal does not have
        print(text.encode("ascii", "replace").decode("ascii"))
    return 1 if any(finding.level == MEND for finding in findings) else 0


if __name__ == "__main__":
    sys.exit(main())
