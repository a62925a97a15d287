"""Watch a running sandbox: memory of all its processes together, its folder, its time."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from pathlib import Path

from grading.sandbox import Limits

PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 2**20
TICKS = os.sysconf("SC_CLK_TCK")
INTERVAL = 0.1  # seconds; memory can grow by about a gigabyte between two looks
FAREWELL = 10  # seconds that processes may take to be gone after they were killed
MAX_FILES = 1000  # in the shared folder, which has about ten


class Watch:
    """A thread that ends a process with all its descendants when they pass a limit.

    Parameters
    ----------
    process
        As `Sandbox.start` gave it.
    limits
        Of these, `memory_mb`: memory of the process and its descendants together; and
        `file_mb`, for all files in `folder` together.
    deadline
        On `time.monotonic()`.
    folder
        What the process shares with the grader; the rest of what it can write to is limited.

    Attributes
    ----------
    peak_mb : float
        The most memory that was seen.
    cpu_seconds, waited_seconds : float
        Processor time that was seen used, and time that threads could have run and had no
        processor; what lived shorter than a look is not in it.
    reason : str
        Why the process was ended: "", "memory" or "time".
    """

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        limits: Limits,
        deadline: float,
        folder: Path | None = None,
    ) -> None:
        self.peak_mb = 0.0
        self.reason = ""
        self._cpu: dict[int, float] = {}
        self._waited: dict[int, float] = {}
        self._process = process
        self._limits = limits
        self._deadline = deadline
        self._folder = folder
        self._cpu_limit: float | None = None
        self._killed: list[int] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    @property
    def cpu_seconds(self) -> float:
        """Processor seconds of all processes that were seen."""
        return sum(list(self._cpu.values()))

    @property
    def waited_seconds(self) -> float:
        """Seconds for which threads of these processes waited for a processor, all added up."""
        return sum(list(self._waited.values()))

    def limit_cpu(self, seconds: float | None) -> None:
        """Let the processes use so many more processor seconds; None takes the limit away."""
        self._cpu_limit = None if seconds is None else self.cpu_seconds + seconds

    def stop(self) -> None:
        """Look a last time and no more; call it before the process id may be another's."""
        self._stop.set()
        self._thread.join()
        self._measure()

    def end(self) -> None:
        """End the process with all its descendants; return when they are gone.

        What was killed takes a while to go, longer the more there is of it, and until then counts
        in the limits of its user, who may be the next student's kernel.
        """
        self.stop()
        self._killed += kill(self._process)
        self._process.wait()
        deadline = time.monotonic() + FAREWELL
        while any(map(is_there, self._killed)) and time.monotonic() < deadline:
            time.sleep(INTERVAL / 10)

    def _look(self) -> None:
        while not self._stop.wait(INTERVAL):
            try:
                too_much = self._uses_too_much() or self._is_full()
            except OSError:  # a folder that cannot be looked into was made so on purpose
                too_much = True
            if too_much:
                self.reason = "memory"
            elif time.monotonic() > self._deadline or self._is_busy_for_too_long():
                self.reason = "time"
            if self.reason:
                self._killed = kill(self._process)
                return

    def _uses_too_much(self) -> bool:
        """Say whether the processes use more memory than they may.

        Resident memory is quickly read, and counts what processes share, as after a fork, for each
        of them; only where that is too much, it is worth the time to count it once.
        """
        limit = self._limits.memory_mb
        if self._measure() <= limit:
            return False
        return sum(map(own_mb, [self._process.pid, *descendants(self._process.pid)])) > limit

    def _measure(self) -> float:
        """Note what the processes use; return their resident memory in MiB."""
        used = 0.0
        for pid in [self._process.pid, *descendants(self._process.pid)]:
            used += resident_mb(pid)
            fields = _stat(pid)
            if fields:
                self._cpu[pid] = (int(fields[11]) + int(fields[12])) / TICKS
            self._waited |= waits(pid)
        self.peak_mb = max(self.peak_mb, used)
        return used

    def _is_busy_for_too_long(self) -> bool:
        limit = self._cpu_limit
        return limit is not None and self.cpu_seconds > limit

    def _is_full(self) -> bool:
        if self._folder is None:
            return False
        files, size = 0, 0
        waiting = [str(self._folder)]
        while waiting:
            with contextlib.suppress(FileNotFoundError), os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    files += 1
                    size += entry.stat(follow_symlinks=False).st_blocks * 512
                    if files > MAX_FILES or size > self._limits.file_mb * 2**20:
                        return True
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
        return False


def kill(process: subprocess.Popen[bytes]) -> list[int]:
    """End a sandbox: with the first process in its namespace everything else there goes.

    Returns
    -------
    list of int
        The ids of what was killed, as nothing leads to them from here any more.
    """
    pids = [process.pid, *descendants(process.pid)]
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):  # it may have ended in the meantime
            os.kill(pid, signal.SIGKILL)
    return pids


def descendants(pid: int) -> list[int]:
    """Return the ids of all processes below one, from /proc."""
    children: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            fields = _stat(int(entry))
            if fields:
                children.setdefault(int(fields[1]), []).append(int(entry))
    found: list[int] = []
    waiting = [pid]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def resident_mb(pid: int) -> float:
    """Return the resident memory of one process in MiB; 0 once it is gone."""
    try:
        return int(_read(f"/proc/{pid}/statm").split()[1]) * PAGE_MB
    except (OSError, IndexError, ValueError):
        return 0.0


def own_mb(pid: int) -> float:
    """Return the memory of one process in MiB, with its part of what it shares with others.

    Where the system does not tell it, all that is resident.
    """
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except (OSError, ValueError):
        pass
    return resident_mb(pid)


def waits(pid: int) -> dict[int, float]:
    """Return the seconds for which each thread of a process has waited for a processor, by its id.

    A kernel that does not count them has no such file: then nobody waited.
    """
    try:
        threads = os.listdir(f"/proc/{pid}/task")
    except OSError:
        return {}
    found = {}
    for thread in threads:
        with contextlib.suppress(OSError, IndexError, ValueError):  # it may have ended by now
            fields = _read(f"/proc/{pid}/task/{thread}/schedstat").split()
            found[int(thread)] = int(fields[1]) / 1e9
    return found


def is_there(pid: int) -> bool:
    """Say whether a process is more than an entry that nobody has taken note of."""
    fields = _stat(pid)
    return bool(fields) and fields[0] != b"Z"


def _stat(pid: int) -> list[bytes]:
    """Return the fields of /proc/PID/stat after the name; none if the process has ended."""
    try:
        # The name in parentheses may hold anything, spaces and parentheses included.
        return _read(f"/proc/{pid}/stat").rpartition(b")")[2].split()
    except (OSError, ValueError):
        return []


def _read(path: str) -> bytes:
    # Every process of the machine is looked at ten times a second: with Python's files that takes
    # a tenth of a processor for each sandbox.
    file = os.open(path, os.O_RDONLY)
    try:
        return os.read(file, 4096)
    finally:
        os.close(file)
