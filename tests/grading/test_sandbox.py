"""Tests of the sandbox: what a program in it cannot do, and that nothing of it stays."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grading import sandbox as module
from grading.sandbox import ROOT, Limits, Sandbox, why_not
from grading.watch import kill

UID = 61880
LIMITS = Limits(memory_mb=400, processes=40, file_mb=16, cpu_seconds=20)
HOME = {"HOME": "/home/student", "PATH": "/usr/bin", "LANG": "C.UTF-8"}
Try = Callable[..., Any]


@pytest.fixture
def inside(own_tmp: Path) -> Try:
    """Run Python code in a sandbox; return what it gives as `answer`."""

    def run(code: str, limits: Limits = LIMITS, **settings: Any) -> Any:
        surroundings = Sandbox(limits, uid=UID, **{"environment": HOME, **settings})
        program = f"import json, os, sys\nanswer = None\n{textwrap.dedent(code)}\n"
        process = surroundings.start(
            [sys.executable, "-c", program + "print(json.dumps(answer))"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        output, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors.decode()
        return json.loads(output)

    return run


def attempt(code: str) -> str:
    """Return code that notes the error of some code, or "done"."""
    return f"try:\n    {code}\n    answer = 'done'\nexcept Exception as e:\n    answer = type(e).__name__"


@pytest.mark.sandbox
@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("import socket; socket.create_connection(('127.0.0.1', 22), 2)", "ConnectionRefusedError"),
        ("import socket; socket.create_connection(('1.1.1.1', 53), 2)", "OSError"),
        ("import socket; socket.getaddrinfo('example.org', 80)", "gaierror"),
        ("open('/usr/bin/new', 'w')", "OSError"),
        ("open('/new', 'w')", "OSError"),
        ("open('/dev/new', 'w')", "OSError"),
        ("open('/dev/shm/new', 'w')", "done"),
        ("open('/tmp/new', 'w')", "done"),
        ("open('new', 'w')", "done"),
        ("open('/proc/sys/kernel/hostname', 'w')", "PermissionError"),
        ("os.chmod(sys.executable, 0o777)", "OSError"),
        (f"os.listdir({str(ROOT / 'solutions')!r})", "FileNotFoundError"),
        (f"os.listdir({str(ROOT / 'grading')!r})", "FileNotFoundError"),
        ("assert os.listdir('/home') == ['student']", "done"),
        ("open('/etc/passwd')", "FileNotFoundError"),
        ("open('/etc/shadow')", "FileNotFoundError"),
        ("os.listdir('/sys')", "FileNotFoundError"),
        ("os.listdir('/run')", "FileNotFoundError"),
        ("os.setuid(0)", "OSError"),
        ("os.chroot('/tmp')", "PermissionError"),
        ("os.kill(-1, 0)", "ProcessLookupError"),
        ("os.memfd_create('x')", "PermissionError"),
        ("import resource as r; r.setrlimit(r.RLIMIT_NPROC, (999, 999))", "ValueError"),
        ("import subprocess as s; s.run(['unshare', '-Ur', 'true'], check=True)",
         "CalledProcessError"),
        ("import subprocess as s; s.run(['mount', '-t', 'tmpfs', 'x', '/tmp'], check=True)",
         "CalledProcessError"),
    ],
)  # fmt: skip
def test_what_a_program_may(inside: Try, code: str, error: str) -> None:
    """Is there no network, nothing of others, and nothing to write but private folders?"""
    assert inside(attempt(code)) == error


@pytest.mark.sandbox
def test_who_it_is(inside: Try) -> None:
    """Is it an unprivileged user without capabilities, alone in its process namespace?"""
    status, pids, interfaces, host = inside("""
        status = dict(line.split(":", 1) for line in open("/proc/self/status"))
        pids = [int(name) for name in os.listdir("/proc") if name.isdigit()]
        interfaces = [line.split(":")[0].strip() for line in open("/proc/net/dev")][2:]
        answer = status, pids, interfaces, os.uname().nodename
    """)
    assert set(status["Uid"].split()) == {str(UID if os.geteuid() == 0 else os.geteuid())}
    assert all(int(status[name], 16) == 0 for name in ("CapEff", "CapPrm", "CapInh", "CapBnd"))
    assert status["NoNewPrivs"].strip() == "1"
    assert status["Seccomp"].strip() == "2"
    assert max(pids) < 10
    assert interfaces == ["lo"]
    assert host == "lab"


@pytest.mark.sandbox
def test_environment(inside: Try, monkeypatch: pytest.MonkeyPatch) -> None:
    """Does it get the given variables and no other, and does no command line show them?"""
    monkeypatch.setenv("SECRET_TOKEN", "of the grader")
    names = inside("answer = dict(os.environ)", environment={**HOME, "KEY": "of the course"})
    assert names["KEY"] == "of the course"
    assert set(names) <= {*HOME, "KEY", "PWD", "LC_CTYPE"}
    command = " ".join(Sandbox(LIMITS, environment={**HOME, "KEY": "hush"})._inner(None))
    assert "hush" not in command


@pytest.mark.sandbox
def test_fork_bomb(inside: Try) -> None:
    """Does a fork bomb, and one of threads, end at the limit on processes?"""
    children, threads = inside("""
        import signal, threading, time
        def bomb():
            made = []
            while len(made) < 200:
                try:
                    pid = os.fork()
                except OSError:
                    break
                if not pid:
                    time.sleep(30)
                    os._exit(0)
                made.append(pid)
            for pid in made:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
            return len(made)
        children = bomb()
        stop, threads = threading.Event(), 0
        try:
            while threads < 200:
                threading.Thread(target=stop.wait).start()
                threads += 1
        except RuntimeError:
            pass
        stop.set()
        answer = children, threads
    """)
    assert 0 < children <= LIMITS.processes
    assert 0 < threads <= LIMITS.processes


@pytest.mark.sandbox
def test_files_have_limits(inside: Try) -> None:
    """Is every file, and every private folder, of limited size?"""
    one, many = inside("""
        import errno
        def fill(names):
            size = 0
            try:
                for name in names:
                    with open(name, "wb", buffering=0) as file:
                        for _ in range(30):
                            size += file.write(bytes(2**20))
            except OSError as error:
                return errno.errorcode[error.errno], size // 2**20
            return "", size // 2**20
        one = fill(["/tmp/large"])
        os.remove("/tmp/large")
        many = [fill(f"{folder}/{i}" for i in range(90)) for folder in ("/dev/shm", "/home/student")]
        answer = one, many
    """)
    assert one[1] <= LIMITS.file_mb
    assert one[0] in ("EFBIG", "ENOSPC")
    assert all(error in ("ENOSPC", "EFBIG") and size <= LIMITS.file_mb for error, size in many)


@pytest.mark.sandbox
def test_memory_has_limits(inside: Try) -> None:
    """Is the address space limited, and memory that no limit counts forbidden?"""
    allocated, shared = inside("""
        import ctypes
        try:
            x = bytearray(900 * 2**20)
            allocated = True
        except MemoryError:
            allocated = False
        answer = allocated, ctypes.CDLL(None).shmget(0, 10**6, 0o1600)
    """)
    assert allocated is False
    assert shared == -1


@pytest.mark.sandbox
def test_read_only_and_shared_folders(inside: Try, own_tmp: Path, tmp_path: Path) -> None:
    """Is what is lent read-only, a shared folder open, and a closed one on the way no hindrance?"""
    tmp_path.joinpath("data.txt").write_text("rows")
    tmp_path.chmod(0o755)  # the folders above it stay closed to other users
    shared = own_tmp / "shared"
    shared.mkdir()
    read, written = inside(
        f"""
        read = open("/data/data.txt").read()
        try:
            open("/data/data.txt", "a")
        except OSError as error:
            written = type(error).__name__
        open({str(shared)!r} + "/mine", "w").write("hello")
        answer = read, written
        """,
        read_only=((tmp_path, Path("/data")),),
        shared=shared,
    )
    assert (read, written[-5:]) == ("rows", "Error")
    assert (shared / "mine").read_text() == "hello"
    (shared / "mine").unlink()
    shared.rmdir()


@pytest.mark.sandbox
def test_processor_time(own_tmp: Path) -> None:
    """Is a program ended that uses more processor time than it may?"""
    limits = Limits(memory_mb=400, processes=40, file_mb=16, cpu_seconds=1)
    process = Sandbox(limits, uid=UID, environment=HOME).start(
        [sys.executable, "-c", "while True: pass"]
    )
    assert process.wait(30) != 0


DAEMON = """
import os, time
if not os.fork():
    os.setsid()
    if not os.fork():
        print("ready", flush=True)
        time.sleep(600)
time.sleep(600)
"""


@pytest.mark.sandbox
def test_daemons_die_with_the_sandbox(own_tmp: Path) -> None:
    """Does `kill` end daemons too, in good order? (`no_traces` looks for what is left)"""
    process = Sandbox(LIMITS, uid=UID, environment=HOME).start(
        [sys.executable, "-c", DAEMON], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == b"ready\n"
        started = time.monotonic()
        kill(process)
        process.wait(5)
    assert time.monotonic() - started < 30


@pytest.mark.sandbox
def test_all_dies_with_the_grader(own_tmp: Path) -> None:
    """Does everything end soon when the grader itself is killed?"""
    limits = Limits(memory_mb=400, processes=40, file_mb=16, cpu_seconds=3)
    code = f"""
        import subprocess, sys, time
        from grading.sandbox import Limits, Sandbox
        process = Sandbox({limits!r}, uid={UID}, environment={HOME!r}).start(
            [sys.executable, "-c", {DAEMON!r}], stdout=subprocess.PIPE)
        print(process.stdout.readline().decode(), flush=True)
        time.sleep(600)
    """
    grader = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)],
        stdout=subprocess.PIPE, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert grader.stdout is not None
    with grader.stdout:
        assert grader.stdout.readline() == b"ready\n"
        grader.send_signal(signal.SIGKILL)
        grader.wait(5)


def test_trusted_work_has_limits(own_tmp: Path) -> None:
    """Do limits hold, and is the environment cleared, where there is no sandbox?"""
    environment = {"HOME": str(own_tmp), "PATH": os.environ["PATH"]}
    trusted = Sandbox(LIMITS, environment=environment, isolated=False)
    code = "import os; print(sorted(os.environ), os.getcwd())\nx = bytearray(900 * 2**20)"
    process = trusted.start(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    output, errors = process.communicate(timeout=30)
    assert output.decode().strip().endswith(str(own_tmp))
    assert "MemoryError" in errors.decode()


@pytest.mark.parametrize(
    ("missing", "words"),
    [("bwrap", "bubblewrap"), ("prlimit", "util-linux"), ("timeout", "coreutils")],
)
def test_why_not(monkeypatch: pytest.MonkeyPatch, missing: str, words: str) -> None:
    """Does one sentence name what is missing, and the package that has it?"""
    monkeypatch.setattr(module.shutil, "which", lambda name: None if name == missing else name)
    assert missing in why_not()
    assert words in why_not()
    monkeypatch.setattr(module.sys, "platform", "darwin")
    assert why_not() == "A sandbox needs Linux."


def test_why_not_without_user_namespaces(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Does the sentence hold the reason that bubblewrap gave?"""
    for name in module.PROGRAMS:
        (tmp_path / name).write_text("#!/bin/sh\necho 'bwrap: no namespaces' >&2\nexit 1\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "bwrap: no namespaces" in why_not()


@pytest.mark.parametrize("required", [False, True])
def test_a_machine_without_a_sandbox(required: bool, tmp_path: Path) -> None:
    """Are tests of the sandbox skipped and counted there, or refused where it is required?"""
    environment = {**os.environ, "PATH": str(tmp_path)}
    environment["LABS_REQUIRE_SANDBOX"] = "1" if required else "0"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--no-header",
         "tests/grading/test_watch.py", "-k", "nothing_is_left or names"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = done.stdout + done.stderr
    assert "The program bwrap is missing (Debian's package bubblewrap)." in said
    if required:
        assert done.returncode == 3
        assert "LABS_REQUIRE_SANDBOX=1" in said
    else:
        assert done.returncode == 0
        assert "Skipped 2 tests that need a sandbox: " in said
