"""Tests of labkit.doctor."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from labkit import doctor
from labkit.doctor import MEND, NOTE, OK, Facts

ROOT = Path(__file__).parent.parent.parent
SCRIPT = ROOT / "labkit" / "doctor.py"
INSTALLED = dict.fromkeys(doctor.BOUNDS, "99.0")
# A laptop on which nothing is wrong.
WELL = Facts(
    python=(3, 12, 4),
    free_mb=50_000,
    memory_gb=16,
    packages=INSTALLED,
    folder="/home/ada/course",
)


def found(facts: Facts, level: str) -> str:
    """Return the findings of one level, with their remedies, as one text."""
    return "\n".join(
        f"{one.text} -> {one.remedy}" for one in doctor.diagnose(facts) if one[0] == level
    )


def other_pythons() -> list[str]:
    """Return one Python of each version on this machine, those too old for the course included."""
    names = [f"python3.{minor}" for minor in range(8, 15)]
    places = [path for name in names if (path := shutil.which(name))]
    places += sorted(str(path) for path in Path.home().glob(".pyenv/versions/3.*/bin/python"))
    versions = {}
    for place in places:
        order = [place, "-c", "import sys; print(sys.version_info[1])"]
        run = subprocess.run(order, capture_output=True, text=True, check=False)
        if run.returncode == 0 and int(run.stdout) >= 8:
            versions.setdefault(run.stdout, place)
    return list(versions.values())


def test_bounds_are_those_of_pyproject() -> None:
    """Does the file that travels alone say what pyproject.toml says?"""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = project["dependencies"] + project["optional-dependencies"]["notebook"]
    assert dict(line.split(">=") for line in lines) == doctor.BOUNDS
    low, high = (".".join(map(str, version)) for version in doctor.PYTHON)
    assert project["requires-python"] == f">={low},<{high}"


def test_any_python_from_3_8_can_read_it() -> None:
    """Is it written in Python 3.8, with the standard library alone?"""
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 8))
    modules = {
        alias.name if isinstance(node, ast.Import) else node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert {name.split(".")[0] for name in modules} <= set(sys.stdlib_module_names)


@pytest.mark.parametrize("python", [sys.executable, *other_pythons()])
def test_runs_before_anything_is_installed(python: str, tmp_path: Path) -> None:
    """Does a copy of the one file run by itself, in any Python, without site-packages?"""
    alone = shutil.copy(SCRIPT, tmp_path)
    order = [python, "-I", "-S", alone]
    run = subprocess.run(order, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (run.returncode, run.stderr) == (1, "")
    assert "not installed: tensorflow" in run.stdout
    assert re.search(r'run `\S*python[\d.]* -m pip install "\.\[notebook\]"`', run.stdout)


def test_runs_from_the_courses_folder() -> None:
    """Is all well in the environment of these tests, in a terminal that knows ASCII only?"""
    plain = {**os.environ, "PYTHONIOENCODING": "ascii", "PATH": os.path.dirname(sys.executable)}
    order = [sys.executable, str(SCRIPT)]
    run = subprocess.run(order, capture_output=True, text=True, env=plain, cwd=ROOT, check=False)
    assert run.stderr == ""
    assert f"interpreter {sys.executable}" in run.stdout
    assert "[ok]   Python 3.1" in run.stdout
    assert "not installed: tensorflow" not in run.stdout


def test_imports_nothing_heavy() -> None:
    """Does looking leave TensorFlow and NumPy alone?"""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import doctor; doctor.look();"
        "print({'tensorflow', 'numpy', 'pandas', 'keras'} & set(sys.modules))"
    )
    order = [sys.executable, "-c", code, str(SCRIPT.parent)]
    run = subprocess.run(order, capture_output=True, text=True, check=False)
    assert run.stdout == "set()\n"


def test_all_well() -> None:
    """Is there nothing to do on a machine that has everything?"""
    assert {one.level for one in doctor.diagnose(WELL)} == {OK}
    text = doctor.report(doctor.diagnose(WELL), WELL)
    assert text.endswith(
        "all packages are installed. Open a lab: "
        "`python -m jupyterlab labs/ch01_setup/ch01_setup.ipynb`."
    )


def test_next_step() -> None:
    """Does the last line fit who is in another folder, a notebook, or has the one file only?"""
    elsewhere = WELL._replace(command="/course/.venv/bin/python", first_lab="/course/labs/1.ipynb")
    text = doctor.report([], elsewhere)
    assert text.endswith("`/course/.venv/bin/python -m jupyterlab /course/labs/1.ipynb`.")
    assert "in the course's folder `python -m" in doctor.report([], WELL._replace(first_lab=""))
    for place in ("in_kernel", "in_colab"):
        assert doctor.report([], WELL._replace(**{place: True})).endswith("Go on with the lab.")


@pytest.mark.parametrize(
    "changed",
    [
        {"in_environment": False},
        {"in_environment": False, "has_venv": False},
        {"has_pip": False},
        {"packages": {}},
        {"packages": INSTALLED | {"numpy": "1.2"}},
        {"nvidia": ("RTX",), "tensorflow_gpus": 0},
    ],
)
def test_commands_are_those_that_the_user_has(changed: dict) -> None:
    """Is every command one for the Python that was asked, where there is no `python`?"""
    facts = WELL._replace(command="python3", **changed)
    text = "\n".join(f"{one.text} {one.remedy}" for one in doctor.diagnose(facts))
    assert "`python3 -m" in text
    assert "`python -m" not in text


def test_command_inside_an_environment_to_come() -> None:
    """Is `python` said where the Python that was asked is not the one that installs?"""
    for command, system in [("/opt/my/python", "Linux"), ("py", "Windows")]:
        bare = WELL._replace(packages={}, in_environment=False, command=command, system=system)
        assert "`python -m pip" in found(bare._replace(processor="AMD64"), MEND)


def test_command_of_this_python(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Is a name said only if it starts this very Python, and else its path?"""
    base, venv = tmp_path / "usr" / "bin", tmp_path / "my venv" / "bin"
    for folder in (base, venv):
        folder.mkdir(parents=True)
    (base / "python3.12").write_text("#!/bin/sh\n")
    (base / "python3.12").chmod(0o755)
    (base / "python3").symlink_to(base / "python3.12")
    for name in ("python", "python3"):
        (venv / name).symlink_to(base / "python3.12")
    (venv.parent / "pyvenv.cfg").write_text("")
    for executable, path, command in [
        (base / "python3", [base], "python3"),  # Debian
        (base / "python3.12", [base], "python3"),
        (venv / "python", [venv, base], "python"),  # activated
        (venv / "python", [base], f'"{venv / "python"}"'),  # called by its path
        (base / "python3", [venv, base], str(base / "python3")),  # another one is activated
        (base / "python3", [], str(base / "python3")),
    ]:
        monkeypatch.setattr(sys, "executable", str(executable))
        monkeypatch.setenv("PATH", os.pathsep.join(map(str, path)))
        assert doctor.look().command == command


def test_first_lab_from_anywhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Is the lab's path right in the course's folder, elsewhere, and for a copy of the file?"""
    monkeypatch.chdir(ROOT)
    assert doctor.look().first_lab == doctor.FIRST_LAB
    monkeypatch.chdir(tmp_path)
    assert Path(doctor.look().first_lab.strip('"')) == ROOT / doctor.FIRST_LAB
    monkeypatch.setattr(doctor, "__file__", str(tmp_path / "doctor.py"))
    assert doctor.look().first_lab == ""


@pytest.mark.parametrize(
    ("system", "way"),
    [
        ("Windows", "winget install Python.Python.3.12"),
        ("Darwin", "brew install python@3.12"),
        ("Linux", "sudo apt install python3.12 python3.12-venv"),
    ],
)
@pytest.mark.parametrize(("version", "why"), [((3, 8, 18), "too old"), ((3, 14, 0), "too new")])
def test_python_of_another_version(
    system: str, way: str, version: tuple[int, ...], why: str
) -> None:
    """Does it say which Python to install, and how on this system?"""
    facts = WELL._replace(python=version, system=system, processor="arm64", in_environment=False)
    facts = facts._replace(processor="AMD64") if system == "Windows" else facts
    text = found(facts, MEND)
    assert why in text
    assert "needs 3.11 to 3.13" in text
    assert way in text


def test_python_of_another_version_with_a_way_out() -> None:
    """Is a supported Python that is there already named first, and Colab's own menu in Colab?"""
    old = WELL._replace(python=(3, 9, 1), other_pythons=("python3.13",))
    assert "`python3.13 -m venv .venv`" in found(old, MEND)
    assert "Change runtime type" in found(old._replace(in_colab=True), MEND)


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 13, 9)])
def test_supported_pythons(version: tuple[int, ...]) -> None:
    """Are the lowest and the highest version fine?"""
    assert not found(WELL._replace(python=version), MEND)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"bits": 32, "system": "Windows", "processor": "x86"}, "32 bits, TensorFlow needs 64"),
        ({"implementation": "PyPy"}, "this is PyPy"),
        ({"system": "Darwin", "processor": "x86_64"}, "not built for it"),
        ({"system": "Windows", "processor": "ARM64"}, "64-bit x86 installer"),
        ({"is_musl": True}, "without glibc"),
        ({"processor": "riscv64"}, "not built for it"),
        ({"is_writable": False}, "cannot be written to"),
        ({"has_pip": False}, "python -m ensurepip"),
        ({"in_environment": False, "has_venv": False}, "sudo apt install python3.12-venv"),
        (
            {"in_environment": False, "has_venv": False, "has_pip": False},
            "sudo apt install python3-pip python3-venv",
        ),
        ({"in_environment": False, "has_venv": False, "system": "Windows"}, "from python.org"),
        ({"free_mb": 50}, "the data need"),
    ],
)
def test_what_must_be_mended(changed: dict, words: str) -> None:
    """Is each obstacle named, with its remedy?"""
    assert words in found(WELL._replace(**changed), MEND)


def test_arm_processors_with_packages() -> None:
    """Are Apple's chips and 64-bit ARM with Linux fine?"""
    assert not found(WELL._replace(processor="aarch64"), MEND)
    apple = WELL._replace(system="Darwin", processor="arm64")
    assert not found(apple, MEND)
    assert "computes on the CPU of a Mac -> Nothing need be done" in found(apple, NOTE)


def test_no_environment() -> None:
    """Is an environment advised, and required only where the system forbids pip without one?"""
    bare = WELL._replace(in_environment=False)
    assert ". .venv/bin/activate" in found(bare, NOTE)
    assert r".venv\Scripts\activate" in found(bare._replace(system="Windows"), NOTE)
    managed = bare._replace(is_managed=True, packages={})
    assert "forbids pip outside of one" in found(managed, MEND)
    assert not found(bare._replace(in_colab=True), MEND)


def test_packages() -> None:
    """Are missing and old packages told apart, and a version with letters or zeros read?"""
    assert "not installed: keras" in found(WELL._replace(packages=INSTALLED | {"keras": ""}), MEND)
    old = WELL._replace(packages=INSTALLED | {"tensorflow": "2.9.1", "numpy": "1.26.4"})
    assert 'pip install --upgrade "tensorflow>=2.18" "numpy>=2.0"' in found(old, MEND)
    assert "Disconnect" in found(old._replace(in_colab=True), MEND)
    for version in ("2.18", "2.18.0rc1", "2.100"):
        facts = WELL._replace(packages=INSTALLED | {"tensorflow": version, "numpy": "2"})
        assert not found(facts, MEND)


def test_no_jupyterlab() -> None:
    """Is JupyterLab missing only where nothing else opens notebooks?"""
    without = WELL._replace(packages=INSTALLED | {"jupyterlab": ""})
    assert "not installed: jupyterlab" in found(without, MEND)
    assert not found(without._replace(in_kernel=True), MEND)
    colab = without._replace(in_colab=True, packages=INSTALLED | {"jupyterlab": "", "tqdm": ""})
    assert "`%pip install tqdm`" in found(colab, MEND)


def test_disk_against_download() -> None:
    """Is free space compared with what is still to come, by system?"""
    bare = WELL._replace(packages={}, free_mb=2600)
    sizes = {}
    for system, processor in [("Linux", "x86_64"), ("Windows", "AMD64"), ("Darwin", "arm64")]:
        text = found(bare._replace(system=system, processor=processor), MEND)
        assert "Make room for" in text
        sizes[system] = int(re.search(r"about (\d+) MB", text)[1])
    assert sizes["Linux"] > sizes["Windows"] > sizes["Darwin"]
    assert "Make room" not in found(bare._replace(free_mb=4000), MEND)
    assert not found(WELL._replace(free_mb=300), MEND)


def test_unknown_facts() -> None:
    """Is what could not be found out no reason to mend anything?"""
    unknown = Facts(python=(3, 12, 0), packages=INSTALLED)
    assert not found(unknown, MEND)
    assert "memory is unknown" in found(unknown, NOTE)


def test_little_memory() -> None:
    """Is little memory a note, and 4 GB as machines report them enough?"""
    assert "run one lab at a time" in found(WELL._replace(memory_gb=2.0), NOTE)
    assert not found(WELL._replace(memory_gb=3.8), NOTE)


def test_long_paths_of_windows() -> None:
    """Is a long folder on Windows a reason to move, while nothing is installed?"""
    deep = WELL._replace(system="Windows", processor="AMD64", folder="C:\\" + "deep\\" * 20)
    assert "Move the course" in found(deep._replace(long_paths=False), NOTE)
    assert "Move the course" in found(deep._replace(long_paths=False, packages={}), MEND)
    for known in (True, None):
        assert "Move" not in found(deep._replace(long_paths=known, packages={}), MEND)


@pytest.mark.parametrize(
    ("changed", "level", "words"),
    [
        ({"nvidia": ("RTX",), "tensorflow_gpus": 1}, OK, "which TensorFlow uses"),
        ({"nvidia": ("RTX",), "tensorflow_gpus": 0}, NOTE, "does not see -> If you want it"),
        ({"nvidia": ("RTX",)}, NOTE, "when it is installed"),
        ({"nvidia": ("RTX",), "system": "Windows", "processor": "AMD64"}, NOTE, "installs WSL2"),
        ({"in_colab": True}, NOTE, "Change runtime type > GPU"),
        ({}, OK, "runs without a GPU"),
    ],
)
def test_gpu_is_never_needed(changed: dict, level: str, words: str) -> None:
    """Is a GPU that is missing or unused told without anything to mend?"""
    facts = WELL._replace(**changed)
    assert words in found(facts, level)
    assert not found(facts, MEND)


def test_kernel_and_colab() -> None:
    """Is it said where packages go?"""
    notebook = WELL._replace(in_kernel=True, executable="/opt/python")
    assert "kernel runs /opt/python" in found(notebook, NOTE)
    assert "this is Colab" in found(WELL._replace(in_colab=True), NOTE)
    assert "WSL" in found(WELL._replace(is_wsl=True), NOTE)


def test_every_finding_has_a_remedy() -> None:
    """Has whatever must be mended one sentence that says how?"""
    worst = Facts(
        python=(3, 12, 0),
        is_writable=False,
        free_mb=10,
        memory_gb=1,
        in_environment=False,
        has_venv=False,
        has_pip=False,
    )
    findings = [one for one in doctor.diagnose(worst) if one.level == MEND]
    assert len(findings) == 5
    for one in findings:
        assert one.remedy.endswith(".")
        assert ". " not in one.remedy.replace(". .venv", "")
    assert "5 things must be mended" in doctor.report(findings)
    assert "One thing must be mended" in doctor.report(findings[:1])


def test_looking_never_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """Does a machine that answers no question still get a report?"""

    def broken(*args: object, **options: object) -> None:
        raise OSError("no answer")

    for module, name in [
        ("shutil", "disk_usage"),
        ("shutil", "which"),
        ("subprocess", "run"),
        ("tempfile", "TemporaryFile"),
        ("os", "sysconf"),
        ("os", "listdir"),
    ]:
        monkeypatch.setattr(getattr(doctor, module), name, broken, raising=False)
    monkeypatch.setattr(doctor.platform, "system", lambda: "Windows")
    facts = doctor.look()
    assert (facts.free_mb, facts.memory_gb, facts.long_paths, facts.nvidia) == (
        None,
        None,
        None,
        (),
    )
    assert not facts.is_writable
    assert "cannot be written to" in doctor.report(doctor.diagnose(facts))


def test_facts_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Is what it finds true here?"""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "google.colab", doctor)
    facts = doctor.look()
    assert facts.python == sys.version_info[:3]
    assert (facts.folder, facts.is_writable) == (str(tmp_path), True)
    assert facts.in_colab
    assert facts.packages["numpy"] >= "2"
    assert facts.memory_gb > 0.1
    assert facts.bits == 64


def test_gpu_is_asked_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is nvidia-smi read, and TensorFlow's word its last one?"""

    def answer(order: list[str], **options: object) -> subprocess.CompletedProcess:
        asked = "RTX 4090\nRTX 4090\n" if "nvidia" in order[0] else "some noise\n2\n"
        return subprocess.CompletedProcess(order, 0, asked, "")

    monkeypatch.setattr(doctor.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(doctor.subprocess, "run", answer)
    facts = doctor.look()
    assert (facts.nvidia, facts.tensorflow_gpus) == (("RTX 4090", "RTX 4090"), 2)
    assert facts.other_pythons == ()
    monkeypatch.setattr(sys, "version_info", (3, 9, 1, "final", 0))
    assert doctor.look().other_pythons == ("python3.12", "python3.11", "python3.13")


def test_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Are the exit codes 0, 1 and 2, and is help at hand?"""
    monkeypatch.setattr(doctor, "look", lambda: WELL)
    assert doctor.main([]) == 0
    monkeypatch.setattr(doctor, "look", lambda: WELL._replace(bits=32))
    assert doctor.main([]) == 1
    assert doctor.main(["--help"]) == 0
    assert doctor.main(["nonsense"]) == 2
    assert "usage: python labkit/doctor.py" in capsys.readouterr().out
