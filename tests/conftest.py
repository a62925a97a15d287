"""Tests that need the sandbox: skipped and counted where none works, or required to run."""

from __future__ import annotations

import os

import pytest

from grading.sandbox import why_not

_SKIPPED = pytest.StashKey[tuple[int, str]]()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Stop at once where a sandbox is required and none works."""
    if os.environ.get("LABS_REQUIRE_SANDBOX") == "1" and (reason := why_not()):
        pytest.exit(f"LABS_REQUIRE_SANDBOX=1, but no sandbox works: {reason}", returncode=3)


@pytest.hookimpl(trylast=True)  # the tests that the marker expression leaves out are gone by then
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what needs a sandbox where none works."""
    marked = [item for item in items if item.get_closest_marker("sandbox")]
    if not marked or not (reason := why_not()):
        return
    for item in marked:
        item.add_marker(pytest.mark.skip(reason=reason))
    config.stash[_SKIPPED] = len(marked), reason


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say in one sentence how many tests no sandbox was there for."""
    if _SKIPPED in config.stash:
        count, reason = config.stash[_SKIPPED]
        tests = "test that needs" if count == 1 else "tests that need"
        terminalreporter.write_line(f"Skipped {count} {tests} a sandbox: {reason}")
