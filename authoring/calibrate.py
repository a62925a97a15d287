"""Run a lab's solution with many seeds, on every kind of data, and keep the scores of its ladder."""

from __future__ import annotations

import ast
import contextlib
import gc
import hashlib
import importlib.util
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from authoring.calibration import (
    FILE,
    Calibration,
    Run,
    Scores,
    read_calibration,
    versions,
    write_calibration,
)
from authoring.errors import BadLabFile, RunFailed
from authoring.execute import Session, describe, environment
from authoring.labfile import read_labfile
from authoring.pycode import names_of, with_literal
from authoring.source import Source, read_source

LADDER = "ladder.py"
MAX_SECONDS = 3600.0  # for a cell: what takes too long for the lab is measured all the same
Measure = Callable[[dict[str, Any]], Scores]


def code_digest(source: Source, ladder: Path) -> str:
    """Digest the code that the scores depend on.

    That is ladder.py and every cell, tests excepted, that binds a name which ladder.py takes from
    the notebook, or that may change such a name, and so on backwards. Comments, layout and cells
    that only draw do not count, so that mending them costs no new calibration.

    Raises
    ------
    BadLabFile
        If ladder.py is no Python.
    """
    try:
        tree = ast.parse(ladder.read_text(encoding="utf-8"))
    except SyntaxError as error:
        raise BadLabFile(f"{ladder} is no valid Python: {error}.") from error
    wanted = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    parts = [ast.dump(tree)]
    for cell in reversed([cell for cell in source.cells if cell.is_code and not cell.is_test]):
        names = names_of(cell.source)
        may_change = cell.kind != "demo" and names.used & wanted
        if names.bound & wanted or may_change:
            wanted |= names.used
            parts.append(ast.dump(ast.parse(cell.source)))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def load_measure(path: Path) -> Measure:
    """Import ``measure`` from a lab's ladder.py.

    Raises
    ------
    BadLabFile
        If the file is missing or has no such function.
    """
    if not path.is_file():
        raise BadLabFile(
            f"{path} does not exist: write `measure(notebook)`, a score for each rung."
        )
    spec = importlib.util.spec_from_file_location(f"ladder_of_{path.parent.name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if not callable(getattr(module, "measure", None)):
        raise BadLabFile(f"{path} has no function `measure(notebook)`: add it.")
    return module.measure


def run_once(source: Source, measure: Measure, variant: str, origin: str, seed: int) -> Run:
    """Run the solution once, without its tests, and measure its ladder.

    Raises
    ------
    RunFailed
        If a cell or the measuring raises.
    """
    session = Session(limit=MAX_SECONDS)
    cells = [
        replace(cell, source=with_literal(cell.source, "VARIANT", variant))
        if cell.kind == "free"
        else cell
        for cell in source.cells
        if cell.is_code and not cell.is_test
    ]
    settings = {
        "LABS_SEED": str(seed),
        "LABS_SOURCE": origin,
        "LABS_MODE": "fast",
        "NBGRADER_EXECUTION": None,
    }
    with environment(**settings), contextlib.redirect_stdout(session.printed):
        at_work = time.process_time()
        session.run_solution(cells)
        at_work = time.process_time() - at_work
        try:
            scores = {name: _rounded(value) for name, value in measure(session.names).items()}
        except Exception as error:
            raise RunFailed(f"measure() of {LADDER} raised {describe(error)}: mend it.") from error
    # Others may use the machine: then the processor's time says more than the clock.
    seconds = round(min(sum(session.seconds.values()), at_work), 1)
    session.names.clear()
    _forget_models()
    return Run(variant, origin, seed, seconds, scores)


def _rounded(score: Any) -> float | dict[str, float]:
    if isinstance(score, dict):
        return {metric: round(float(value), 6) for metric, value in score.items()}
    return round(float(score), 6)


def _forget_models() -> None:
    # Sixty runs in one process would otherwise keep sixty sets of models.
    if keras := sys.modules.get("keras"):
        keras.utils.clear_session()
    gc.collect()


def calibrate(
    root: Path,
    lab: str,
    *,
    seeds: int,
    variants: list[str],
    origins: list[str],
    tell: Callable[[str], None],
) -> Calibration:
    """Measure what is not measured yet, and keep it after every run.

    Parameters
    ----------
    root : Path
        The course's root.
    lab : str
        The lab's name.
    seeds : int
        How many seeds (1, 2, …) each kind of data gets.
    variants, origins : list of str
        Which variants and which of real and twin data; empty variants means all of lab.toml.
    tell : callable
        Called with a line of progress.

    Returns
    -------
    Calibration
        All runs, old and new, that belong to the code as it is.
    """
    folder = (root / "solutions" / lab).resolve()
    labfile = read_labfile(folder / "lab.toml")
    source = read_source(folder / f"{lab}.py")
    source.require_sound()
    known = [variant["name"] for variant in labfile.variants]
    if unknown := [name for name in variants if name not in known]:
        raise BadLabFile(f"{lab} has no variant {unknown[0]!r}; it has: {', '.join(known)}.")

    measure = load_measure(folder / LADDER)
    code = code_digest(source, folder / LADDER)
    done = read_calibration(folder / FILE)
    now = Calibration(code, versions())
    if done and (done.code, done.versions) != (now.code, now.versions):
        what = "code" if done.code != code else "versions"
        tell(f"the {what} changed since: {len(done.runs)} old runs do not count any more")
        done = None
    done = done or now
    left = list(_missing(done, variants or known, origins, seeds))
    tell(f"{len(done.runs)} runs kept, {len(left)} to do")
    with contextlib.chdir(folder):
        for number, (variant, origin, seed) in enumerate(left, start=1):
            run = run_once(source, measure, variant, origin, seed)
            done.runs.append(run)
            write_calibration(folder / FILE, done)
            scores = "  ".join(f"{name} {_text(score)}" for name, score in run.scores.items())
            tell(f"{number}/{len(left)} {variant} {origin} seed {seed}: {scores}  {run.seconds} s")
    return done


def _text(score: float | dict[str, float]) -> str:
    if isinstance(score, dict):
        return ", ".join(f"{metric} {value:.4f}" for metric, value in score.items())
    return f"{score:.4f}"


def _missing(
    done: Calibration, variants: list[str], origins: list[str], seeds: int
) -> Iterable[tuple[str, str, int]]:
    there = {(run.variant, run.source, run.seed) for run in done.runs}
    for variant in variants:
        for origin in origins:
            for seed in range(1, seeds + 1):
                if (variant, origin, seed) not in there:
                    yield variant, origin, seed
