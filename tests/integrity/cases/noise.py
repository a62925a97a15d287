"""F40–F44, F47: honest functions that warn, log and print."""

from __future__ import annotations

from tests.integrity.case import honest

BODY = "return 3 + float(np.sum(np.square(x)))"

CASES = (
    honest(
        "F40",
        "the function issues a DeprecationWarning and a UserWarning",
        f"""
        import warnings

        def f(x):
            warnings.warn("old", DeprecationWarning)
            warnings.warn("odd", UserWarning)
            {BODY}
        """,
    ),
    honest(
        "F40.numpy",
        "NumPy warns of a division by zero",
        f"""
        def f(x):
            np.array([1.0]) / np.array([0.0])
            {BODY}
        """,
    ),
    honest(
        "F41",
        "it prints to stderr",
        f"""
        import sys

        def f(x):
            print("working", file=sys.stderr)
            {BODY}
        """,
    ),
    honest(
        "F41.trace",
        "it prints the traceback of an error that it caught",
        f"""
        import traceback

        def f(x):
            try:
                raise ValueError("caught")
            except ValueError:
                traceback.print_exc()
            {BODY}
        """,
    ),
    honest(
        "F42",
        "logging.info",
        f"""
        import logging

        logging.basicConfig(level=logging.INFO)

        def f(x):
            logging.info("working")
            {BODY}
        """,
    ),
    honest(
        "F43",
        "a progress bar on stderr",
        f"""
        from tqdm import tqdm

        def f(x):
            for _ in tqdm(range(3)):
                pass
            {BODY}
        """,
    ),
    honest(
        "F44",
        "a C library writes a line on descriptor 2",
        f"""
        import ctypes
        import os

        def f(x):
            os.write(2, b"W0000 cpu_utils.h:51] something\\n")
            library = ctypes.CDLL(None)
            library.perror(b"library")
            {BODY}
        """,
    ),
    honest(
        "F44.child",
        "a program that it starts writes on stderr",
        f"""
        import subprocess

        def f(x):
            subprocess.run(["sh", "-c", "echo warning >&2; echo done"], check=True)
            {BODY}
        """,
    ),
    honest(
        "F47",
        "prints and displays inside the function",
        f"""
        from IPython.display import HTML, display

        def f(x):
            print("x is", x)
            display(HTML("<b>working</b>"), x)
            {BODY}
        """,
    ),
    honest(
        "F47.flood",
        "prints a megabyte inside the function",
        f"""
        def f(x):
            for _ in range(1000):
                print("x" * 1000)
            {BODY}
        """,
    ),
    honest(
        "F47.thread",
        "a thread prints and warns while the function is tested",
        f"""
        import sys
        import threading
        import time

        def talk():
            while True:
                print("still here")
                sys.stdout.flush()
                time.sleep(0.02)

        threading.Thread(target=talk, daemon=True).start()

        def f(x):
            {BODY}
        """,
    ),
    honest(
        "F47.figure",
        "draws and shows a figure inside the function",
        f"""
        import matplotlib.pyplot as plt

        def f(x):
            plt.plot(x)
            plt.show()
            plt.close("all")
            {BODY}
        """,
    ),
)
