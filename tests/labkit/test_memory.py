"""Tests of the memory that a notebook keeps."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

from labkit import memory

# Blocks live and die in a thread, as batches do; each later one finds the space of the first free.
THREADS = """
import os, sys, threading
from pathlib import Path
from labkit.memory import give_back_large_blocks
import numpy as np

def resident_mb():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20

def work():
    for _ in range(3):
        blocks = [np.ones(2**20) for _ in range(4)]  # 8 MiB each
        small = np.ones(1000)
        del blocks
        kept.append(small)
    done.wait()

kept, done = [], threading.Barrier(6)
if sys.argv[1] == "given back":
    assert give_back_large_blocks()
before = resident_mb()
for _ in range(5):
    threading.Thread(target=work, daemon=True).start()
done.wait()
print(resident_mb() - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library")
def test_large_blocks_are_given_back() -> None:
    """Is memory that threads have freed the system's again?"""
    kept = {}
    for case in ("given back", "kept"):
        command = [sys.executable, "-c", THREADS, case]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        kept[case] = float(done.stdout)
    assert kept["given back"] < 16
    assert kept["kept"] > 32, "this C library does not keep blocks: is the setting still needed?"


def test_another_c_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is nothing set where the C library is not the GNU one?"""
    monkeypatch.setattr(platform, "libc_ver", lambda: ("", ""))
    assert not memory.give_back_large_blocks()
