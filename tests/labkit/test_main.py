"""Tests of labkit.__main__."""

from __future__ import annotations

import subprocess
import sys

import pytest

import labkit.__main__ as command
from labkit.doctor import MEND, Finding


def test_help_answers_at_once() -> None:
    """Does --help come without importing TensorFlow or Matplotlib?"""
    code = """
import runpy, sys
sys.argv = ["labkit", "--help"]
try:
    runpy.run_module("labkit", run_name="__main__")
except SystemExit as end:
    print(end.code, {"tensorflow", "matplotlib", "pandas"} & set(sys.modules))
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.stdout.endswith("0 set()\n")
    assert "usage: python -m labkit" in run.stdout


def test_prints_versions_device_and_data(capsys: pytest.CaptureFixture[str]) -> None:
    """Does the command say what a lab would find here?"""
    assert command.main([]) == 0
    out = capsys.readouterr().out
    for word in ("python ", "keras ", "device ", "data "):
        assert word in out


def test_unsupported_version(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Is the exit code 1 where a version is not supported?"""
    monkeypatch.setattr("labkit.versions.version_problems", lambda: ["keras 2.15.0"])
    monkeypatch.setattr(command, "_device_line", lambda: "CPU")
    assert command.main([]) == 1
    assert "Not supported: keras 2.15.0." in capsys.readouterr().err


def test_doctor(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Does `python -m labkit doctor` give the doctor's report and exit code?"""
    finding = Finding(MEND, "bits are missing")
    monkeypatch.setattr("labkit.doctor.diagnose", lambda facts: [finding])
    monkeypatch.setattr("labkit.doctor.look", lambda: None)
    assert command.main(["doctor"]) == 1
    assert "bits are missing" in capsys.readouterr().out
