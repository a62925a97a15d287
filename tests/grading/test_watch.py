"""Tests of the watch: what it measures, when it ends a process, and how."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grading.sandbox import Limits, Sandbox
from grading.watch import Watch, descendants, is_there, kill, resident_mb

LIMITS = Limits(memory_mb=300, processes=50, file_mb=8, cpu_seconds=60)
Start = Callable[[str], subprocess.Popen[bytes]]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start Python programs that are ended after the test."""
    started = []

    def run(code: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
        started.append(process)
        return process

    yield run
    for process in started:
        kill(process)
        process.communicate()


def wait_for(watch: Watch, seconds: float = 10) -> str:
    """Return why the watch ended its process."""
    deadline = time.monotonic() + seconds
    while not watch.reason and time.monotonic() < deadline:
        time.sleep(0.02)
    watch.stop()
    return watch.reason


def test_time(start: Start) -> None:
    """Is a process ended at its deadline?"""
    process = start("import time; time.sleep(60)")
    assert wait_for(Watch(process, LIMITS, time.monotonic() + 0.3)) == "time"
    assert process.wait(5) == -9


def test_memory_of_all_processes_together(start: Start) -> None:
    """Is the memory of children counted with their parent's?"""
    process = start("""
import os, time
for _ in range(4):
    if not os.fork():
        x = b"x" * (90 * 2**20)
        time.sleep(60)
time.sleep(60)
""")
    watch = Watch(process, LIMITS, time.monotonic() + 30)
    assert wait_for(watch) == "memory"
    assert watch.peak_mb > 300


def test_what_processes_share_counts_once(start: Start) -> None:
    """May a process with much memory have children that only read it?"""
    process = start("""
import os, time
x = b"x" * (90 * 2**20)
for _ in range(6):
    if not os.fork():
        time.sleep(60)
print("ready", flush=True)
time.sleep(60)
""")
    assert process.stdout is not None
    process.stdout.readline()
    watch = Watch(process, LIMITS, time.monotonic() + 30)
    assert wait_for(watch, 1.0) == ""
    assert watch.peak_mb > LIMITS.memory_mb  # as it looks at first sight


@pytest.mark.parametrize(
    "fill",
    [
        "open('large', 'wb').write(bytes(9 * 2**20))",
        "[open(str(i), 'w') for i in range(1100)]",
        "[(os.mkdir('d'), os.chdir('d')) for _ in range(1500)]",
        "os.mkdir('d'); [os.mkdir(f'd/{i}') for i in range(1100)]",
    ],
)
def test_the_shared_folder(start: Start, tmp_path: Path, fill: str) -> None:
    """Is a process ended that fills the folder it shares, by size, number or depth?"""
    process = start(f"import os, time; os.chdir({str(tmp_path)!r}); {fill}; time.sleep(60)")
    try:
        assert wait_for(Watch(process, LIMITS, time.monotonic() + 30, tmp_path)) == "memory"
    finally:
        subprocess.run(["rm", "-rf", *tmp_path.iterdir()], check=True)


def test_links_in_the_shared_folder_are_not_followed(start: Start, tmp_path: Path) -> None:
    """Does a link to a large folder or file count for nothing?"""
    (tmp_path / "usr").symlink_to("/usr")
    (tmp_path / "file").symlink_to(sys.executable)
    (tmp_path / "loop").symlink_to(tmp_path)
    watch = Watch(start("import time; time.sleep(60)"), LIMITS, time.monotonic() + 30, tmp_path)
    assert wait_for(watch, 0.5) == ""


def test_what_it_measures(start: Start) -> None:
    """Are peak memory and processor time those of the process?"""
    process = start("x = b'x' * (60 * 2**20)\nfor i in range(10**7): pass\nprint('end', flush=True)\n"
                    "import time; time.sleep(60)")  # fmt: skip
    watch = Watch(process, LIMITS, time.monotonic() + 30)
    assert process.stdout is not None
    assert process.stdout.readline() == b"end\n"
    watch.stop()
    assert 60 < watch.peak_mb < 200
    assert 0.05 < watch.cpu_seconds < 30
    assert watch.reason == ""


def test_a_process_that_has_ended(start: Start) -> None:
    """Is a process that ends by itself measured as nothing, without an error?"""
    process = start("pass")
    process.wait(10)
    watch = Watch(process, LIMITS, time.monotonic() + 30)
    watch.stop()
    assert watch.reason == ""
    assert resident_mb(process.pid) == 0


def test_what_was_killed_is_gone(start: Start) -> None:
    """Are all processes gone when the watch has ended them, so that they count in no limit?"""
    process = start("""
import os, time
for _ in range(60):
    if not os.fork():
        x = b"x" * 2**22
        time.sleep(60)
print("ready", flush=True)
time.sleep(60)
""")
    assert process.stdout is not None
    process.stdout.readline()
    crowd = [process.pid, *descendants(process.pid)]
    assert len(crowd) == 61
    Watch(process, LIMITS, time.monotonic() + 30).end()
    assert [pid for pid in crowd if is_there(pid)] == []


def test_names_of_processes_may_be_anything(start: Start) -> None:
    """Are descendants found though their names hold spaces and parentheses?"""
    process = start("""
import os, sys, time
open("/proc/self/comm", "w").write(") R 1 (")
if not os.fork():
    os.setsid()
    if not os.fork():
        print("ready", flush=True)
    time.sleep(60)
time.sleep(60)
""")
    assert process.stdout is not None
    process.stdout.readline()
    assert len(descendants(process.pid)) == 2
    assert process.pid in descendants(os.getpid())


@pytest.mark.sandbox
@pytest.mark.parametrize("name", ["python", "bwrap"])
def test_nothing_is_left_in_a_sandbox(own_tmp: Path, name: str) -> None:
    """Does a sandbox end whatever its program calls itself, and the watch's thread with it?"""
    home = {"HOME": "/home/student", "PATH": "/usr/bin"}
    code = f"import time; open('/proc/self/comm', 'w').write({name!r}); print(1); time.sleep(60)"
    process = Sandbox(LIMITS, uid=61881, environment=home).start([sys.executable, "-c", code])
    watch = Watch(process, LIMITS, time.monotonic() + 0.5)
    assert wait_for(watch) == "time"
    assert process.wait(5) != 0
    assert threading.active_count() < 20
