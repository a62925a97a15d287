"""F17 to F24, F51 to F56, F63 to F72: what honest notebooks do besides answering."""

from __future__ import annotations

from textwrap import dedent

from tests.integrity.case import RIGHT, Case, answer, honest


def beside(id: str, title: str, code: str) -> Case:
    """The solution, and an honest cell of the student's own: worth all points."""
    return Case(id, title, own=(("f", dedent(code).strip()),), truth=None)


CASES = (
    beside(
        "F17",
        "%matplotlib inline, a figure",
        """
        %matplotlib inline
        import matplotlib.pyplot as plt
        plt.plot([1, 2])
        plt.show()
        """,
    ),
    honest("F18", "%%time above the function", f"%%time\n{RIGHT}"),
    honest(
        "F18.capture", "%%capture above the function", f"%%capture said\n{RIGHT}\nprint('hidden')"
    ),
    beside("F19", "shell lines", "!ls\n%pip --version\nfiles = !ls\nprint(len(files))"),
    honest("F21", "an unknown magic line above the function", f"%load_everything\n{RIGHT}"),
    honest("F21.cell", "an unknown magic over the whole cell", f"%%everything now\n{RIGHT}"),
    honest("F21.extension", "an extension that is not there", f"%load_ext everything\n{RIGHT}"),
    beside("F22", "await at top level", "import asyncio\nawait asyncio.sleep(0.01)\nprint('done')"),
    answer(
        "F24", "%%writefile: the function is written, not defined", f"%%writefile f.py\n{RIGHT}"
    ),
    honest(
        "F51",
        "slow, within the limit",
        """
        import time

        def f(x):
            time.sleep(0.8)
            return 3 + float(np.sum(np.square(x)))
        """,
    ),
    answer(
        "F53",
        "reads a file of another machine above the function",
        f"rows = open('/content/drive/MyDrive/rows.csv').read()\n\n{RIGHT}",
    ),
    honest(
        "F54",
        "mounts a drive in Colab above the function",
        f"from google.colab import drive\ndrive.mount('/content/drive')\n\n{RIGHT}",
    ),
    beside(
        "F54.files",
        "uploads files in Colab, and clears its output",
        """
        import google.colab.output
        from google.colab import files
        for name in files.upload():
            print(name)
        google.colab.output.clear()
        """,
    ),
    beside(
        "F55",
        "works in a folder of its own",
        """
        import os
        os.makedirs("work", exist_ok=True)
        os.chdir("work")
        """,
    ),
    beside(
        "F56",
        "two processes that share the work",
        """
        from multiprocessing import Pool
        with Pool(2) as pool:
            print(pool.map(abs, [-1, 2]))
        """,
    ),
    honest(
        "F63",
        "adds up in the order of a set of texts",
        """
        def f(x):
            parts = {str(n): float(v) ** 2 for n, v in enumerate(np.ravel(x))}
            return 3 + sum(parts[name] for name in set(parts))
        """,
    ),
    Case(
        "F65",
        "trains with a progress bar, and draws one of its own",
        lab="net",
        own=(
            (
                "train_model",
                dedent(
                    """
                    history = build_model().fit(x_train, y_train, epochs=3, verbose=1)
                    for n in range(300):
                        print("\\b" * 9 + f"{n:4} of 300", end="\\r", flush=True)
                    """
                ).strip(),
            ),
        ),
        truth=None,
    ),
    beside(
        "F66.torch",
        "imports what is large and what is not there",
        """
        import pandas, scipy.stats, sklearn.ensemble, matplotlib.pyplot
        try:
            import torch
        except ModuleNotFoundError:
            print("no torch")
        """,
    ),
    Case(
        "F66",
        "imports TensorFlow at the top",
        lab="late",
        own=(("a-lab-2", "import tensorflow as tf\nprint(tf.__version__)"),),
        truth=None,
    ),
    beside(
        "F67",
        "writes results to files",
        """
        import json, pathlib, tempfile
        pathlib.Path("logs").mkdir(exist_ok=True)
        pathlib.Path("logs", "run.json").write_text(json.dumps([0.5, 0.4]))
        np.save("weights.npy", np.ones((100, 100)))
        print(tempfile.mkdtemp())
        """,
    ),
    beside(
        "F68",
        "fifty figures that stay open",
        """
        import matplotlib.pyplot as plt
        for n in range(50):
            plt.figure()
            plt.plot([n, 2])
        """,
    ),
    beside(
        "F72",
        "a training log of 5 MB",
        """
        for n in range(60_000):
            print(f"epoch {n}: loss {1 / (n + 1):.6f}, accuracy {n / 60_000:.6f}, a little more text")
        """,
    ),
)
