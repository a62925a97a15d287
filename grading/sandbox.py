"""Run a program shut in: its own processes, files and no network, within limits (bubblewrap).

Where the grader is root, the program runs as an unprivileged user, since root is not bound by the
limit on processes. Folders that such a user cannot reach (root's home, where a virtual environment
may lie) are put before it by an outer bubblewrap, which only arranges what can be seen; the user
changes next; the inner one takes everything else away. `docs/sandbox.md` tells why each part is there.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from grading.syscalls import syscall_rules

ROOT = Path(__file__).resolve().parents[1]
# Ids of no real user, from which every sandbox that runs takes its own.
FIRST_UID = 61000
ADDRESSES = 2
# What a sandbox is made with, and the packages of Debian's that have it.
PROGRAMS = {"bwrap": "bubblewrap", "prlimit": "util-linux", "setpriv": "util-linux",
            "timeout": "coreutils"}  # fmt: skip
# What programs need of the system, if it is there.
SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin")
SETTINGS = ("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives",
            "/etc/fonts", "/etc/localtime", "/etc/ssl/certs")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """What a program may use.

    `memory_mb` bounds the memory of all processes together (see `watch.py`), and
    `ADDRESSES` times as much the address space of each, which programs reserve more than they use;
    `processes` counts threads too; `file_mb` bounds each file and each private file system;
    `cpu_seconds` is processor time of one process, and what the clock may show for all.
    """

    memory_mb: int
    processes: int
    file_mb: int
    cpu_seconds: int


@dataclass(frozen=True, slots=True)
class Sandbox:
    """One program's surroundings.

    Parameters
    ----------
    limits
        See `Limits`.
    read_only
        Pairs (path here, path inside).
    shared
        Folder that both sides can write to, at the same path inside; the program's user owns it.
    environment
        All that it has: nothing is inherited.
    uid
        Where the grader is root, the user that the program runs as.
    gpu
        Whether NVIDIA's devices are let in; the address space is then not limited.
    isolated
        False for trusted work on a machine without a sandbox: only the limits hold.
    """

    limits: Limits
    read_only: tuple[tuple[Path, Path], ...] = ()
    shared: Path | None = None
    environment: dict[str, str] = field(default_factory=dict)
    uid: int = FIRST_UID
    gpu: bool = False
    isolated: bool = True

    def start(self, argv: list[str], **popen: object) -> subprocess.Popen[bytes]:
        """Start a program; its process group and everything in it ends with `Popen.kill`."""
        if not self.isolated:
            return subprocess.Popen(
                [*self._limiter(), *argv],
                env=self.environment, cwd=self.environment["HOME"], start_new_session=True, **popen,
            )  # fmt: skip
        if becomes_another() and self.shared is not None:
            os.chown(self.shared, self.uid, self.uid)
        rules = syscall_rules() if not self.gpu else b""  # NVIDIA's libraries use what they forbid
        with _readable(rules) as descriptor:
            inner = self._inner(descriptor if rules else None)
            # The environment goes from program to program: on a command line all could read it.
            return subprocess.Popen(
                [*self._outer(), *self._limiter(), *inner, *argv],
                env=self.environment, pass_fds=[descriptor], **popen,
            )  # fmt: skip

    def _limiter(self) -> list[str]:
        limits = self.limits
        command = [
            # If the grader is killed, its watch is gone, and the outer bubblewrap, which has given
            # up root's rights, may not end what runs as another user.
            _program("timeout"),
            "--signal=KILL",
            str(limits.cpu_seconds),
            _program("prlimit"),
            f"--nproc={limits.processes}",
            f"--fsize={limits.file_mb * 2**20}",
            f"--cpu={limits.cpu_seconds}",
            "--core=0",
        ]
        return command if self.gpu else [*command, f"--as={ADDRESSES * limits.memory_mb * 2**20}"]

    def _outer(self) -> list[str]:
        """Where the grader is root: open ways to closed folders, and become somebody else."""
        if not becomes_another():
            return []
        command = [_program("bwrap"), "--die-with-parent", "--dev-bind", "/", "/"]
        paths = [source for source, _ in self._mounts()]
        if self.shared is not None:
            paths.append(self.shared)
        for closed in sorted({top for path in paths if (top := _closed_parent(path))}):
            command += ["--perms", "0755", "--tmpfs", str(closed)]
            below = [path for path in paths if path.is_relative_to(closed)]
            for parent in sorted(
                {p for path in below for p in path.parents if closed in p.parents}
            ):
                if not any(parent.is_relative_to(path) for path in below):
                    command += ["--perms", "0755", "--dir", str(parent)]
            for path in sorted(below):
                command += ["--bind" if path == self.shared else "--ro-bind", str(path), str(path)]
        drop = [_program("setpriv"), "--reuid", str(self.uid), "--regid", str(self.uid), "--clear-groups",
                "--inh-caps=-all", "--bounding-set=-all", "--no-new-privs"]  # fmt: skip
        return [*command, "--", *drop]

    def _inner(self, rules: int | None) -> list[str]:
        size = str(self.limits.file_mb * 2**20)
        command = [
            _program("bwrap"), "--unshare-all", "--unshare-user", "--disable-userns", "--cap-drop", "ALL",
            "--die-with-parent", "--new-session", "--hostname", "lab",
            "--uid", str(self.uid), "--gid", str(self.uid),
            "--proc", "/proc", "--dev", "/dev", "--size", size, "--tmpfs", "/dev/shm",
            "--size", size, "--tmpfs", "/tmp", "--size", size, "--tmpfs", "/home",
        ]  # fmt: skip
        for folder in SYSTEM:
            path = Path(folder)
            if path.is_symlink():
                command += ["--symlink", os.readlink(path), folder]
            elif path.is_dir():
                command += ["--ro-bind", folder, folder]
        for file in SETTINGS:
            command += ["--ro-bind-try", file, file]
        if self.gpu:
            for device in sorted(Path("/dev").glob("nvidia*")):
                command += ["--dev-bind", str(device), str(device)]
        for source, target in self._mounts():
            command += ["--ro-bind", str(source), str(target)]
        if self.shared is not None:
            command += ["--bind", str(self.shared), str(self.shared)]
        if rules is not None:
            command += ["--seccomp", str(rules)]
        home = self.environment["HOME"]
        command += ["--dir", home, "--remount-ro", "/", "--remount-ro", "/dev", "--chdir", home]
        return [*command, "--"]

    def _mounts(self) -> list[tuple[Path, Path]]:
        """Python with its packages first, then what the caller named; none inside the system's."""
        python = [(path, path) for path in python_folders()]
        return [pair for pair in [*python, *self.read_only] if not _is_system(pair[0])]


@contextlib.contextmanager
def _readable(data: bytes) -> Iterator[int]:
    """Give a descriptor from which a program that is started can read `data`."""
    reading, writing = os.pipe()
    try:
        os.write(writing, data)
        os.close(writing)
        yield reading
    finally:
        os.close(reading)


@cache
def becomes_another() -> bool:
    """Say whether programs run as another user: if the grader is root, and there are other users.

    In a user name space that somebody made for one user only (`unshare -r`) there are none. Root
    there is mostly an ordinary user outside, on whom the limit on processes holds.
    """
    if os.geteuid() != 0:
        return False
    for line in Path("/proc/self/uid_map").read_text(encoding="ascii").splitlines():
        first, _, count = map(int, line.split())
        if first <= FIRST_UID < first + count:
            return True
    return False


@cache
def python_folders() -> tuple[Path, ...]:
    """Return the folders of this Python and of its virtual environment."""
    return tuple(sorted({Path(sys.prefix), Path(sys.base_prefix), Path(sys.base_exec_prefix)}))


def _program(name: str) -> str:
    # By the grader's own search path: the one that a program in a sandbox gets is shorter.
    return shutil.which(name) or name


def _is_system(path: Path) -> bool:
    return any(path.is_relative_to(folder) for folder in SYSTEM)


def _closed_parent(path: Path) -> Path | None:
    """Return the topmost folder above `path` that other users may not pass, if there is one."""
    for parent in reversed(path.parents):
        if not parent.stat().st_mode & 0o001:
            return parent
    return None


def why_not() -> str:
    """Say in one sentence why no sandbox works on this machine; empty if one does."""
    if sys.platform != "linux":
        return "A sandbox needs Linux."
    for program, package in PROGRAMS.items():
        if shutil.which(program) is None:
            return f"The program {program} is missing (Debian's package {package})."
    limits = Limits(memory_mb=1024, processes=64, file_mb=16, cpu_seconds=20)
    trial = Sandbox(limits, environment={"HOME": "/home/student", "PATH": "/usr/bin"})
    try:
        process = trial.start(
            [sys.executable, "-I", "-c", "print('works')"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        output, errors = process.communicate(timeout=30)
    except (OSError, subprocess.TimeoutExpired) as problem:
        return f"A sandbox cannot be started here ({problem})."
    if output.strip() == b"works":
        return ""
    said = errors.decode(errors="replace").strip().splitlines()
    reason = said[-1] if said else f"exit code {process.returncode}"
    return f"User namespaces do not work here, as in a default container ({reason})."
