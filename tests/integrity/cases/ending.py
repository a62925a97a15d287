"""B01 to B48, T42, T44: what ends, fills or floods a process; the rest of the work counts."""

from __future__ import annotations

from textwrap import dedent

from tests.integrity.case import Case, answer


def beside(id: str, title: str, code: str) -> Case:
    """The solution, and a cell of the student's own that does harm: worth all points."""
    return Case(id, title, own=(("f", dedent(code).strip()),), truth=None, alone=True)


def within(id: str, title: str, code: str) -> Case:
    """Harm in the function that the tests call: worth nothing, and nobody else notices."""
    return answer(id, title, code, alone=True)


CASES = (
    within("T42", "SystemExit in the function", "def f(x):\n    raise SystemExit(0)"),
    within("T44", "KeyboardInterrupt in the function", "def f(x):\n    raise KeyboardInterrupt"),
    within(
        "T44.base",
        "an exception of its own that is no Exception",
        """
        class End(BaseException):
            pass

        def f(x):
            raise End
        """,
    ),
    beside("B01", "ends the process in a cell", "import os\nos._exit(0)"),
    within("B02", "ends the process in the function", "import os\ndef f(x):\n    os._exit(0)"),
    within(
        "B03",
        "a segmentation fault in the function",
        """
        import ctypes

        def f(x):
            return ctypes.string_at(0)
        """,
    ),
    beside("B03.cell", "a segmentation fault in a cell", "import ctypes\nctypes.string_at(0)"),
    beside(
        "B04",
        "a loop without end",
        """
        try:
            while True:
                pass
        except KeyboardInterrupt:
            print("stopped")
        """,
    ),
    beside(
        "B05",
        "a loop without end that takes no notice of an interrupt",
        """
        import signal
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        while True:
            try:
                while True:
                    pass
            except BaseException:
                pass
        """,
    ),
    beside(
        "B08",
        "a thread that sleeps a minute and is waited for",
        """
        import threading, time
        threading.Thread(target=time.sleep, args=(60,)).start()
        """,
    ),
    beside(
        "B09",
        "thirty processes that sleep",
        """
        import os, time
        for _ in range(30):
            if not os.fork():
                time.sleep(60)
                os._exit(0)
        """,
    ),
    beside(
        "B10",
        "a daemon in a session of its own",
        """
        import os, time
        if not os.fork():
            os.setsid()
            if not os.fork():
                time.sleep(60)
            os._exit(0)
        """,
    ),
    beside(
        "B11",
        "as many processes as there may be",
        """
        import os, time
        try:
            for _ in range(2000):
                if not os.fork():
                    time.sleep(60)
                    os._exit(0)
        except OSError:
            print("no more")
        """,
    ),
    beside(
        "B12",
        "a gigabyte and a half",
        """
        import numpy as np
        try:
            held = [np.ones(2**17) for _ in range(1500)]
        except MemoryError:
            print("no more")
        """,
    ),
    beside("B15", "a line of 20 MB", "print('x' * 20 * 10**6)"),
    beside("B16", "300,000 lines", "for n in range(300_000):\n    print(n)"),
    beside(
        "B22",
        "interrupts the process that started it",
        "import os, signal\nos.kill(os.getppid(), signal.SIGINT)",
    ),
    beside(
        "B23",
        "kills what started it, and all that it may kill",
        """
        import os, signal
        for pid in (os.getppid(), -1):
            try:
                os.kill(pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                print("nobody")
        """,
    ),
    beside(
        "B37",
        "a file of 200 MB",
        """
        try:
            with open("large", "wb") as file:
                for _ in range(200):
                    file.write(bytes(2**20))
        except OSError:
            print("full")
        """,
    ),
    beside(
        "B39",
        "a recursion without end",
        """
        def deeper():
            return deeper()

        try:
            deeper()
        except RecursionError:
            print("deep enough")
        """,
    ),
    beside(
        "B40",
        "5,000 nested parentheses",
        """
        try:
            compile("(" * 5000 + ")" * 5000, "deep", "eval")
        except (SyntaxError, MemoryError, RecursionError):
            print("deep enough")
        """,
    ),
    beside(
        "B41",
        "waits for somebody to type",
        """
        try:
            input("your name? ")
        except Exception:
            print("nobody")
        """,
    ),
    beside(
        "B47",
        "many small files, wherever it may",
        """
        import os
        for folder in ("/tmp", "/dev/shm", os.getcwd()):
            try:
                for n in range(20_000):
                    open(f"{folder}/{n}", "w").close()
            except OSError:
                print("full")
        """,
    ),
    beside(
        "B48",
        "two hundred threads that compute while its cell does",
        """
        import threading, time
        end = time.monotonic() + 4

        def busy():
            while time.monotonic() < end:
                pass

        threads = [threading.Thread(target=busy, daemon=True) for _ in range(200)]
        try:
            for thread in threads:
                thread.start()
        except RuntimeError:
            print("no more")
        time.sleep(4)
        """,
    ),
)
