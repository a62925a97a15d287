"""Let cells go on that were written for another machine: Colab's modules, magics that are not here.

An honest answer below such a line counts; the line itself says that it did nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

COLAB = "google.colab"
EXTENSIONS = ("load_ext", "reload_ext")


class ColabModules(MetaPathFinder, Loader):
    """Finds `google.colab` and what is below it: modules whose functions do nothing and say so."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return a module for Colab's names only, and for `google` where no package has it."""
        if name in ("google", COLAB) or name.startswith(f"{COLAB}."):
            return ModuleSpec(name, self, is_package=True)
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Give a module below `google.colab` every function that it is asked for."""
        if module.__name__.startswith(f"{COLAB}."):
            module.__getattr__ = _idle_functions(module.__name__)  # type: ignore[method-assign]


def _idle_functions(module: str) -> Callable[[str], Callable[..., dict[str, Any]]]:
    def find(name: str) -> Callable[..., dict[str, Any]]:
        if name.startswith("__"):  # Python's own questions to a module
            raise AttributeError(name)

        def idle(*args: object, **kwargs: object) -> dict[str, Any]:
            _warn(f"{module}.{name} does nothing here: it is Colab's.")
            return {}  # as `files.upload` without a file

        return idle

    return find


def forgive_magics(shell: Any) -> None:
    """Let a cell go on where it asks for a magic or an extension that this machine does not have.

    Parameters
    ----------
    shell
        The kernel's IPython shell.
    """
    run_line_magic, run_cell_magic = shell.run_line_magic, shell.run_cell_magic

    def line_magic(name: str, line: str, _stack_depth: int = 1) -> Any:
        if not _is_known(shell, "line", name):
            return _warn(f"%{name} does nothing here: there is no such magic.")
        try:
            return run_line_magic(name, line, _stack_depth + 1)
        except ModuleNotFoundError as missing:
            if name not in EXTENSIONS:
                raise
            return _warn(f"%{name} {line} does nothing here: {missing}.")

    def cell_magic(name: str, line: str, cell: str) -> Any:
        if _is_known(shell, "cell", name):
            return run_cell_magic(name, line, cell)
        _warn(f"%%{name} does nothing here: there is no such magic. Its cell runs as it is.")
        return shell.run_cell(cell, store_history=False).raise_error()

    shell.run_line_magic, shell.run_cell_magic = line_magic, cell_magic


def _is_known(shell: Any, kind: str, name: str) -> bool:
    manager = shell.magics_manager
    return name in manager.magics[kind] or name in manager.lazy_magics


def _warn(text: str) -> None:
    print(text, file=sys.stderr)
