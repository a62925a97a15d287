"""The grader's command line: `python -m grading grade|feedback|report LAB`, `python -m grading demo`."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit code (0 well, 1 a mistake that a sentence names)."""
    options = _parser().parse_args(arguments)
    from grading import commands
    from grading.errors import GradingError

    try:
        return getattr(commands, options.command)(options)
    except GradingError as error:
        print(f"grading: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("grading: stopped; what was graded so far is kept.", file=sys.stderr)
        return 130
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m grading",
        description="Grade a class: submitted notebooks in, scores, feedback and a report out.",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    course = argparse.ArgumentParser(add_help=False)
    course.add_argument("lab", help="name of the lab, as in labs/")
    course.add_argument(
        "--course", type=Path, default=Path("."), help="the course's folder (default: this one)"
    )
    grade = commands.add_parser(
        "grade", parents=[course], help="grade submitted/ and write scores, feedback and report"
    )
    grade.add_argument(
        "--student", action="append", default=[], help="only this one (may be repeated)"
    )
    grade.add_argument("--workers", type=int, help="submissions at the same time")
    grade.add_argument(
        "--no-sandbox", action="store_true",
        help="run without a sandbox, for trusted work on a machine that has none",
    )  # fmt: skip
    commands.add_parser("feedback", parents=[course], help="write the feedback pages again")
    commands.add_parser("report", parents=[course], help="write the class report again")
    demo = commands.add_parser("demo", help="make a class of twelve and grade it")
    demo.add_argument("--folder", type=Path, default=Path("demo"), help="where (default: demo/)")
    return parser


if __name__ == "__main__":
    # Whoever is asked to end ends the sandboxes first, as after Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main())
