"""Recognise code: a key that changes with a module and with what it imports from this package.

Arrays that were made by code are kept in the cache under such a key, so that what an older version
made is never used.
"""

from __future__ import annotations

import ast
import hashlib
from functools import cache
from importlib import import_module
from pathlib import Path


@cache
def code_key(module: str, within: str) -> str:
    """Hash the code of a module and of the modules of a package that it imports, at any remove.

    Parameters
    ----------
    module : str
        Its full name, such as "data_scripts.twins.clothes".
    within : str
        The package whose modules count, such as "data_scripts.twins".

    Returns
    -------
    str
        Hexadecimal digits.
    """
    found: dict[str, bytes] = {}
    waiting = [module]
    while waiting:
        name = waiting.pop()
        path = _file(name)
        if name in found or path is None:
            continue
        found[name] = path.read_bytes()
        waiting += [other for other in _imports(found[name]) if other.startswith(f"{within}.")]
    digest = hashlib.sha256()
    for name in sorted(found):
        digest.update(f"{name} {len(found[name])}\n".encode() + found[name])
    return digest.hexdigest()


def _file(module: str) -> Path | None:
    package, *rest = module.split(".")
    places = (Path(base, *rest).with_suffix(".py") for base in import_module(package).__path__)
    return next((path for path in places if path.is_file()), None)


def _imports(code: bytes) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            # What is imported from a package may be a module of it.
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names
