"""A lab in full mode, the book's sizes, with ten seeds: its figure beside the book's.

    python benchmarks/full_mode.py ch02_mnist test_accuracy --book 0.9785

Writes docs/full_mode/<lab>.md. Needs the real data. Without --book where the sources have no figure.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from authoring.execute import Session, environment, seed_everything
from authoring.source import read_source
from grading.one import versions

CELL_SECONDS = 7200  # the book's sizes on a laptop, and other work beside it


def one_run(lab: str, number: str, seed: int) -> tuple[float, float]:
    """Return a number of the solution's notebook in full mode, and the seconds of the run."""
    cells = read_source(ROOT / "solutions" / lab / f"{lab}.py").cells
    kinds = ("given", "exercise", "free")
    settings = {"LABS_MODE": "full", "LABS_SEED": str(seed), "LABS_SOURCE": "real"}
    started = time.perf_counter()
    with environment(**settings):
        seed_everything(seed)
        session = Session(limit=CELL_SECONDS)
        session.run_solution(cell for cell in cells if cell.kind in kinds)
    return float(session.names[number]), time.perf_counter() - started


def page(
    lab: str, number: str, book: float | None, values: list[float], seconds: list[float]
) -> str:
    """Return the page with all runs, their mean and spread (of two or more), and the book's figure."""
    command = f"python benchmarks/full_mode.py {lab} {number}"
    command += f" --book {book:g}" if book is not None else ""
    mean = f"{statistics.mean(values):.4f}"
    if len(values) > 1:
        mean += f" ± {statistics.stdev(values):.4f}"
    used = ", ".join(f"{name} {version}" for name, version in versions().items())
    rows = [f"| {seed} | {value:.4f} |" for seed, value in enumerate(values)]
    return "\n".join(
        [
            f"# {lab} in full mode",
            "",
            f"`{number}` of the solution on the real data, all of it. Written by",
            f"`{command}`; do not edit.",
            "",
            "| seed | here |",
            "|---:|---:|",
            *rows,
            f"| **mean{' ± sd' if len(values) > 1 else ''}** | **{mean}** |",
            f"| **the book** | **{'no figure' if book is None else f'{book:.4f}'}** |",
            "",
            f"{statistics.median(seconds):.0f} s a run on {os.cpu_count()} cores "
            f"({platform.machine()}). {used}.",
            "",
        ]
    )


def main() -> None:
    """Run, print each result, write the page."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("lab")
    parser.add_argument("number", help="name in the notebook, such as test_accuracy")
    parser.add_argument("--book", type=float, help="the book's figure, if it has one")
    parser.add_argument("--seeds", type=int, default=10)
    options = parser.parse_args()
    values, seconds = [], []
    for seed in range(options.seeds):
        value, took = one_run(options.lab, options.number, seed)
        print(f"seed {seed}: {value:.4f} ({took:.0f} s)", flush=True)
        values.append(value)
        seconds.append(took)
    target = ROOT / "docs" / "full_mode" / f"{options.lab}.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    text = page(options.lab, options.number, options.book, values, seconds)
    target.write_text(text, encoding="utf-8")
    print(target.relative_to(ROOT))


if __name__ == "__main__":
    main()
