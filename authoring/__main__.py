"""The command line of the authoring tools."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from authoring.errors import AuthoringError
from authoring.labfile import choose_labs


def main(argv: list[str] | None = None) -> int:
    """Run one command; return the exit code: 0 well, 1 something to mend, 2 cannot run."""
    arguments = _parser().parse_args(argv)
    try:
        return arguments.run(arguments)
    except AuthoringError as error:
        if arguments.debug:
            raise
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m authoring", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(), help="the course's root (default: .)")
    parser.add_argument("--debug", action="store_true", help="show tracebacks")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    build = commands.add_parser("build", help="write source notebooks, labs/ and labkit's registry")
    build.set_defaults(run=_build)

    check = commands.add_parser(
        "check", help="apply the rules, then run every test in plain nbgrader and in the referee"
    )
    check.add_argument("--rules", action="store_true", help="the rules only, in seconds")
    check.set_defaults(run=_check)

    answers = commands.add_parser("answers", help="run right and wrong answers against the tests")
    answers.add_argument("lab", help="which lab")
    answers.add_argument("only", nargs="*", help="names of answers or exercises (default: all)")
    answers.set_defaults(run=_answers)

    calibrate = commands.add_parser("calibrate", help="measure the ladder with many seeds")
    calibrate.add_argument("lab", help="which lab")
    calibrate.add_argument("--seeds", type=int, default=10, help="how many seeds (default: 10)")
    calibrate.add_argument("--variant", action="append", default=[], help="only this variant")
    calibrate.add_argument("--source", choices=("real", "twin"), help="only this source of data")
    calibrate.set_defaults(run=_calibrate)

    for command in (build, check):
        command.add_argument("lab", nargs="*", help="which labs (default: all)")
    return parser


def _build(arguments: argparse.Namespace) -> int:
    from authoring.build import build

    root = arguments.root.resolve()
    changed = build(root, choose_labs(root, arguments.lab))
    for path in changed:
        print(f"wrote {path}" if (root / path).exists() else f"removed {path}")
    if not changed:
        print("everything is up to date")
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from authoring.prove import Verdict, prove
    from authoring.rules import RULES, check

    root = arguments.root.resolve()
    labs = choose_labs(root, arguments.lab)
    found = 0
    runs: list[Verdict] = []

    def tell(line: object) -> None:
        nonlocal found
        print(line, flush=True)
        found += 1

    for lab in labs:
        broken = [tell(finding) for finding in check(root, [lab])]
        if arguments.rules or broken:  # what breaks rules, may not even run
            continue

        def tell_verdict(verdict: Verdict, lab: str = lab) -> None:
            print(f"{lab}: {verdict.name} ({verdict.seconds:.1f} s)", file=sys.stderr, flush=True)
            for line in verdict.lines():
                tell(f"solutions/{lab}:{verdict.name}: {line}")

        runs += prove(root, lab, [], tell_verdict, both_ways=True)
    ran = f", {len(runs)} runs of notebooks, answers and impostors" if runs else ""
    print(f"{len(labs)} labs, {len(RULES)} rules{ran}: {found or 'nothing'} to mend")
    return 1 if found else 0


def _answers(arguments: argparse.Namespace) -> int:
    from authoring.prove import Verdict, prove

    def tell(verdict: Verdict) -> None:
        word = "as said" if verdict.as_said else "NOT AS SAID"
        print(f"{verdict.name}: {word} ({verdict.seconds:.1f} s)", flush=True)
        for line in verdict.lines():
            print(f"    {line}", flush=True)

    root = arguments.root.resolve()
    (lab,) = choose_labs(root, [arguments.lab])
    verdicts = prove(root, lab, arguments.only, tell)
    wrong = [verdict.name for verdict in verdicts if not verdict.as_said]
    print(f"{len(verdicts) - len(wrong)} of {len(verdicts)} as said")
    return 1 if wrong else 0


def _calibrate(arguments: argparse.Namespace) -> int:
    from authoring.build import build
    from authoring.calibrate import calibrate
    from authoring.labfile import SOURCES

    root = arguments.root.resolve()
    (lab,) = choose_labs(root, [arguments.lab])
    calibrate(
        root,
        lab,
        seeds=arguments.seeds,
        variants=arguments.variant,
        origins=[arguments.source] if arguments.source else list(SOURCES),
        tell=lambda line: print(line, flush=True),
    )
    build(root, [lab])
    print(f"see docs/calibration/{lab}.md; `check` holds lab.toml's thresholds against it")
    return 0


if __name__ == "__main__":
    sys.exit(main())
