"""The page of nbgrader's own notebooks: the points of both graders, and why they differ."""

from __future__ import annotations

from collections.abc import Mapping

from tests.integrity.replays import REFUSED, REPLAYS

HEAD = """\
# nbgrader's own notebooks, graded here

The tests of nbgrader come with notebooks, in the installed package. Each is made an assignment by nbgrader
itself; then what students were given is handed in unchanged, the notebook with its solutions, and what
nbgrader's tests hand in. Both graders grade all of it, and the points of every graded cell are compared:
`-` waits for a person's mark. `make integrity` runs both and writes this page; `make test` runs a part
of ours, `make test-all` all of both.

"""


def replay_page(ours: Mapping[str, str], plain: Mapping[str, str], versions: str) -> str:
    """Return the page, from the points by replay that both graders gave just now."""
    differ = [replay for replay in REPLAYS if ours[replay.id] != plain[replay.id]]
    refused = ", ".join(f"`{name}`" for name in REFUSED)
    lines = [
        f"Of {len(REPLAYS)} submissions, {len(REPLAYS) - len(differ)} get the same from both. "
        f"Measured with {versions}.",
        "",
        "| lab | handed in | ours | nbgrader |",
        "|---|---|---|---|",
    ]
    for replay in REPLAYS:
        name = replay.submitted.partition("/")[2] or "as given"
        points = [_cell(found[replay.id]) for found in (ours, plain)]
        lines.append(f"| {replay.source} | {name} | {' | '.join(points)} |")
    lines += ["", "## Differences, and why", ""]
    for reason in dict.fromkeys(replay.reason for replay in differ):
        named = [f"{one.source} ({_cell(ours[one.id])})" for one in differ if one.reason == reason]
        lines.append(f"- {', '.join(named)}: {reason or '**none: to be mended**'}")
    lines += ["", f"Of these nbgrader makes no assignment, for any grader: {refused}."]
    return HEAD + "\n".join(lines) + "\n"


def _cell(points: str) -> str:
    return points or "no graded cell"
