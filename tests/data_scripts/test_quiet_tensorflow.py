"""Tests of data_scripts.quiet_tensorflow."""

from __future__ import annotations

import os
from types import SimpleNamespace

import pytest

from data_scripts import quiet_tensorflow


def test_import_is_quiet(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture) -> None:
    """Do TensorFlow's start-up messages stay away, and is the log level set if it was not?"""

    def noisy(name: str) -> SimpleNamespace:
        os.write(2, b"oneDNN custom operations are on")
        return SimpleNamespace(config=SimpleNamespace(list_physical_devices=lambda kind: []))

    monkeypatch.setattr(quiet_tensorflow.importlib, "import_module", noisy)
    monkeypatch.delenv("TF_CPP_MIN_LOG_LEVEL", raising=False)
    quiet_tensorflow.import_tensorflow()
    assert os.environ["TF_CPP_MIN_LOG_LEVEL"] == "2"
    os.write(2, b"later messages")
    assert capfd.readouterr().err == "later messages"
    monkeypatch.setenv("TF_CPP_MIN_LOG_LEVEL", "0")
    quiet_tensorflow.import_tensorflow()
    assert os.environ["TF_CPP_MIN_LOG_LEVEL"] == "0"


def test_failed_import_says_why(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture
) -> None:
    """Are the messages printed when the import fails?"""

    def broken(name: str) -> None:
        os.write(2, b"illegal instruction")
        raise ImportError("no TensorFlow")

    monkeypatch.setattr(quiet_tensorflow.importlib, "import_module", broken)
    with pytest.raises(ImportError):
        quiet_tensorflow.import_tensorflow()
    assert capfd.readouterr().err == "illegal instruction"
