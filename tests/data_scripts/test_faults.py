"""Tests of whole loads and fetches where something is wrong: server, disk, cache, other processes."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import data_scripts
from data_scripts import download, files, housekeeping, loading, store
from data_scripts.entries import DataSet
from data_scripts.errors import NotAvailable
from data_scripts.store import Places

# Reads a data set from standard input, and fetches it.
FETCH = (
    "import os, pickle, sys, time; from pathlib import Path\n"
    "from data_scripts import errors, store\n"
    "data, cache, mirror, network = pickle.load(sys.stdin.buffer)\n"
    "if len(sys.argv) > 1:\n"
    "    Path(sys.argv[1], str(os.getpid())).touch()\n"
    "    while not Path(sys.argv[1], 'go').exists(): time.sleep(0.005)\n"
    "places = store.Places(Path(cache), mirror and Path(mirror), network)\n"
    "try: found = store.fetch(data, places)\n"
    "except errors.DataError as error: sys.exit(f'Error: {error}')\n"
    "print(sorted({one.place for one in found.values()}))"
)
# The same in a world of its own where a folder is a small disk, or can only be read.
OWN_MOUNTS = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]


def _can_mount() -> bool:
    if not shutil.which("unshare"):
        return False
    done = subprocess.run([*OWN_MOUNTS, "mount -t tmpfs none /mnt"], capture_output=True)
    return done.returncode == 0


mounts = pytest.mark.skipif(not _can_mount(), reason="no mounts of one's own here")


def _start(
    data: DataSet, cache: Path, mirror: Path | None = None, *, line: str = "", before: str = ""
) -> subprocess.Popen[bytes]:
    """Start a fetch: after `before` in a world of its own, at once with others in folder `line`."""
    command = [sys.executable, "-c", FETCH, *([line] if line else [])]
    if before:
        command = [*OWN_MOUNTS, f'{before} && exec "$0" "$@"', *command]
    environment = {name: value for name, value in os.environ.items() if name != "LABS_OFFLINE"}
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )
    assert process.stdin is not None
    process.stdin.write(pickle.dumps((data, str(cache), mirror and str(mirror), mirror is None)))
    process.stdin.close()
    process.stdin = None
    return process


def _end(process: subprocess.Popen) -> tuple[int, str, str]:
    output, errors = process.communicate(timeout=60)
    return process.returncode, output.decode(), errors.decode()


def _wait_until(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.005)


@pytest.fixture
def served(tiny, server, monkeypatch: pytest.MonkeyPatch) -> DataSet:
    """Give a data set that the local server has, under every name."""
    server.contents = tiny.contents
    data = tiny.served_at(server.address)
    monkeypatch.setattr(loading, "data_set", lambda name: data)
    return data


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ("cut", r"127\.0\.0\.1 broke off before the end"),
        ("short", r"127\.0\.0\.1 sent a file that is truncated"),
        ("stall", r"127\.0\.0\.1 stopped answering"),
        ("403", r"127\.0\.0\.1 answers 403 Forbidden"),
        ("500", r"127\.0\.0\.1 answers 500"),
        ("html", r"127\.0\.0\.1 sent a file that is a web page instead of data"),
        ("altered", r"127\.0\.0\.1 sent a file that is altered"),
        ("loop", r"127\.0\.0\.1 leads from address to address without end"),
    ],
)
def test_bad_server_gives_the_twin_and_says_why(
    tmp_path: Path, served: DataSet, server, how: str, reason: str
) -> None:
    """Does loading go on with the twin, soon, with the reason; and is nothing bad left behind?"""
    server.behave = lambda count: how
    started = time.monotonic()
    loaded = data_scripts.load("mnist")
    assert time.monotonic() - started < 10
    assert loaded.source == "twin"
    with pytest.raises(NotAvailable, match=reason) as failure:
        data_scripts.load("mnist", source="real")
    assert "\n" not in str(failure.value)
    assert [path.name[:5] for path in (tmp_path / "cache" / "mnist").iterdir()] == ["twin-"]
    server.behave = lambda count: "give"
    download.patience.left = download.PATIENCE
    assert data_scripts.load("mnist").source == "real"


def test_redirect_is_no_fault(served: DataSet, server) -> None:
    """Is data that moved loaded as the real data?"""
    server.behave = lambda count: "redirect" if count % 2 == 0 else "give"
    assert data_scripts.load("mnist", source="real").where.endswith("from the internet")


def test_mirror_helps_where_the_server_fails(
    tmp_path: Path, served: DataSet, tiny, server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Is a subset from the mirror used where the server has nothing, and told as one?"""
    server.behave = lambda count: "500"
    tiny.write(tmp_path / "mirror" / "set", lambda name: "first" in name or "t10k" in name)
    monkeypatch.setenv("LABS_MIRROR", str(tmp_path / "mirror"))
    loaded = data_scripts.load("mnist", "full")
    assert (loaded.source, len(loaded.train[0])) == ("real", 8)
    assert "that copy has only the first 8 train rows" in loaded.where


def test_processes_that_fetch_at_once(tmp_path: Path, served: DataSet, server) -> None:
    """Do several processes that download the same set at once all end well, with good files only?"""
    server.behave = lambda count: "slow"
    cache = tmp_path / "cache"
    line = tmp_path / "line"
    line.mkdir()
    running = [_start(served, cache, line=str(line)) for _ in range(3)]
    _wait_until(lambda: len(list(line.iterdir())) == 3)
    (line / "go").touch()
    assert [_end(process)[0] for process in running] == [0, 0, 0]
    # They did download at the same time: the later did not just find the files of the first.
    assert len(server.requests) > len(served.files)
    places = Places(cache, network=False)
    report = housekeeping.verify(served, places)
    assert len(report) == len(served.files)
    assert not any(wrong for _, wrong in report)
    assert len(list((cache / "mnist").iterdir())) == len(served.files)


def test_killed_process_leaves_nothing_that_is_used(
    tmp_path: Path, served: DataSet, server
) -> None:
    """Is half a file of a process that was killed never taken for one, and removed by `clean`?"""
    server.behave = lambda count: "slow"
    process = _start(served, tmp_path / "cache")
    _wait_until(lambda: list((tmp_path / "cache").rglob(f"*{files.PARTIAL}*")))
    process.kill()
    process.communicate()
    left = list((tmp_path / "cache").rglob(f"*{files.PARTIAL}*"))
    assert left
    server.behave = lambda count: "give"
    store.fetch(served, Places(tmp_path / "cache"))
    assert not any(wrong for _, wrong in housekeeping.verify(served, Places(tmp_path / "cache")))
    hour_ago = time.time() - 2 * housekeeping.ABANDONED_SECONDS
    os.utime(left[0], (hour_ago, hour_ago))
    assert housekeeping.clean(served, tmp_path / "cache") == [(left[0], "half-written")]


@mounts
@pytest.mark.parametrize("source", ["server", "mirror"])
def test_disk_that_is_really_full(tmp_path: Path, tiny, server, source: str) -> None:
    """Does a full disk give one sentence with what to do, and leave no half file?"""
    server.contents = tiny.contents
    tiny.write(tmp_path / "mirror" / "set")
    cache = tmp_path / "disk"
    cache.mkdir()
    process = _start(
        tiny.served_at(server.address),
        cache,
        tmp_path / "mirror" if source == "mirror" else None,
        # One block, which the folder of the set itself does not need.
        before=f"mount -t tmpfs -o size=4k none {cache}",
    )
    code, _, errors = _end(process)
    assert code == 1
    assert errors.startswith("Error: The disk is full: ")
    assert errors.rstrip().endswith("Set LABS_DATA to a folder that can be written.")
    assert errors.count("\n") == 1


@mounts
def test_cache_that_is_really_read_only(tmp_path: Path, tiny, server) -> None:
    """Does a read-only cache give one sentence with what to do, and serve what it has?"""
    server.contents = tiny.contents
    data = tiny.served_at(server.address)
    cache = tmp_path / "cache"
    cache.mkdir()
    read_only = f"mount --bind {cache} {cache} && mount -o remount,ro,bind {cache}"
    code, _, errors = _end(_start(data, cache, before=read_only))
    assert code == 1
    assert errors.startswith("Error: The data cache cannot be written: ")
    assert "Set LABS_DATA to a folder that can be written." in errors
    store.fetch(data, Places(cache))
    code, output, errors = _end(_start(data, cache, before=read_only))
    assert (code, output.strip()) == (0, "['cache']"), errors


def test_no_network_costs_no_time(tmp_path: Path) -> None:
    """In a process that has no network at all, does the command end soon, with the twin?"""
    command = [sys.executable, "-m", "data_scripts", "fetch", "fashion_mnist"]
    if _can_mount():
        command = ["unshare", "--user", "--map-root-user", "--net", *command]
    environment = {name: value for name, value in os.environ.items() if name != "LABS_OFFLINE"}
    # Nobody answers there.
    environment |= {"http_proxy": "http://127.0.0.1:1", "https_proxy": "http://127.0.0.1:1"}
    started = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    assert "fashion_mnist: the twin is ready, not the real data (no usable copy" in done.stdout
    assert "cannot be reached" in done.stdout
    # To draw the twin takes a few seconds of these.
    assert time.monotonic() - started < 20
