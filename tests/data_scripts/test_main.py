"""Tests of the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from data_scripts import __main__ as command
from data_scripts import errors
from data_scripts.__main__ import main


@pytest.fixture(autouse=True)
def small(tmp_path: Path, tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the manifest have one small data set, and a mirror have its files."""

    def find(name: str) -> object:
        if name != "mnist":
            raise errors.UnknownDataSet(f"There is no data set {name!r}; known are mnist.")
        return tiny.data

    monkeypatch.setattr(command, "read_manifest", lambda: {"mnist": tiny.data})
    monkeypatch.setattr(command, "data_set", find)
    tiny.write(tmp_path / "mirror" / "set")
    monkeypatch.setenv("LABS_MIRROR", str(tmp_path / "mirror"))


def test_fetch_verify_clean(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Does the whole round work: fetch, verify, damage, verify, clean, fetch?"""
    assert main(["fetch", "--all"]) == 0
    assert "mnist: Tiny, the real data, from the mirror folder" in capsys.readouterr().out
    assert main(["verify"]) == 0
    assert "is good" in capsys.readouterr().out
    path = tmp_path / "cache" / "mnist" / "t10k-labels-idx1-ubyte.gz"
    path.write_bytes(b"<html>")
    assert main(["verify", "mnist"]) == 1
    output = capsys.readouterr()
    assert f"{path} is a web page instead of data" in output.out
    assert output.err.startswith("Error: 1 of the files above must not be used")
    assert main(["clean"]) == 0
    assert f"removed {path} (is a web page instead of data)" in capsys.readouterr().out
    assert main(["fetch", "mnist"]) == 0
    assert path.read_bytes() != b"<html>"


def test_list_and_where(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Do they say sizes, license, state and folders?"""
    assert main(["list"]) == 0
    output = capsys.readouterr().out
    assert "12 train, 6 test rows" in output
    assert "license CC BY-SA 3.0" in output
    assert main(["where"]) == 0
    output = capsys.readouterr().out
    assert f"cache: {tmp_path / 'cache'} (LABS_DATA)" in output
    assert "LABS_OFFLINE forbids it" in output
    assert "mnist: real, all rows, in the mirror" in output


def test_fetch_makes_the_twin(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the real data, is the twin made, said, and no failure; but one where real is forced?"""
    monkeypatch.delenv("LABS_MIRROR")
    assert main(["fetch", "mnist"]) == 0
    assert "the twin is ready, not the real data (no usable copy" in capsys.readouterr().out
    monkeypatch.setenv("LABS_SOURCE", "real")
    assert main(["fetch", "mnist"]) == 1
    assert "mnist: Error: no usable copy" in capsys.readouterr().err


@pytest.mark.parametrize("source", ["real", "twin", ""])
def test_fetch_fails_where_nothing_can_be_kept(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    """Is a cache that cannot be written a failure with one sentence, for data and for twins?"""
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("LABS_DATA", str(tmp_path / "file"))
    monkeypatch.setenv("LABS_SOURCE", source)
    assert main(["fetch", "mnist"]) == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert "cannot be written" in output.err
    assert output.err.rstrip().endswith("Set LABS_DATA to a folder that can be written.")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["fetch"], "Say which data sets"),
        (["fetch", "minst"], "There is no data set 'minst'"),
        (["clean", "mnist", "--all"], "Give names or --all, not both"),
    ],
)
def test_mistakes_are_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    """Does a user's mistake give one line and an exit code, no traceback?"""
    assert main(arguments) == 1
    output = capsys.readouterr().err
    assert output.startswith(f"Error: {message}")
    assert output.count("\n") == 1


def test_debug_shows_the_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    """Can whoever looks for a fault see where it comes from?"""
    assert main(["--debug", "fetch"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_interrupt(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Does Ctrl-C end with its own code?"""

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command.store, "fetch", interrupt)
    assert main(["fetch", "--all"]) == 130


def test_notebook_cache_is_not_fetched_into(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Is a folder with rows for notebooks kept as it is?"""
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "notebook-part.json").write_text("{}", encoding="utf-8")
    assert main(["fetch", "--all"]) == 1
    assert "rows for notebooks only" in capsys.readouterr().err


def test_help_needs_no_heavy_import() -> None:
    """Does help answer without what takes seconds to import?"""
    code = (
        "import sys; from data_scripts.__main__ import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'tensorflow', 'keras', 'sklearn', 'scipy', 'pooch', 'requests', 'matplotlib'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=dict(os.environ)
    )
    assert done.returncode == 0, done.stderr
    assert "fetch" in done.stdout


def test_two_processes_fetch_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Do two processes that make the same twin in the same cache both end well?"""
    monkeypatch.delenv("LABS_MIRROR")
    code = (
        "from dataclasses import replace; from pathlib import Path; import sys\n"
        "from data_scripts.manifest import data_set; from data_scripts.twin import twin_splits\n"
        "data = data_set('fashion_mnist')\n"
        "data = replace(data, twin=replace(data.twin, rows={'train': 300, 'test': 100}))\n"
        "for _ in range(3): twin_splits(data, Path(sys.argv[1]))"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "cache")]) for _ in range(2)
    ]
    assert [process.wait() for process in running] == [0, 0]
    assert [path.name[:5] for path in (tmp_path / "cache/fashion_mnist").iterdir()] == ["twin-"]
