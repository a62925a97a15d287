"""Pictures for the visual labs: scikit-learn's two photographs, and some drawn by a program.

No file is needed: the photographs lie in scikit-learn's own package.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from data_scripts.errors import BadFile
from data_scripts.photos import decoded
from data_scripts.ragged import Arrays
from data_scripts.twins.drawings import drawn

PHOTOGRAPHS = ("china", "flower")


def read(paths: Mapping[str, Path], rows: Mapping[str, range | None]) -> dict[str, Arrays]:
    """Give all pictures.

    Parameters
    ----------
    paths : mapping of str to Path
        Empty.
    rows : mapping of str to range or None
        Empty: the pictures belong to no split.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        Under "shared", by name, pictures uint8 (height, width, 3), RGB: the photographs `china` and
        `flower` (427, 640, 3); the patterns `shapes`, `stripes`, `checkerboard`, `gradient` and
        `rings` (256, 256, 3); `scene` and `strokes` (288, 384, 3).

    Raises
    ------
    BadFile
        If scikit-learn's photographs are missing or damaged.
    """
    photographs = {name: _photograph(name) for name in PHOTOGRAPHS}
    return {"shared": photographs | drawn()}


def _photograph(name: str) -> np.ndarray:
    # To find the package is enough: importing it would take a second.
    package = find_spec("sklearn")
    if package is None or package.origin is None:
        raise BadFile("scikit-learn, whose photographs these are, is not installed: install it.")
    path = Path(package.origin).parent / "datasets" / "images" / f"{name}.jpg"
    try:
        return np.array(decoded(path.read_bytes()))
    except (OSError, BadFile) as error:
        raise BadFile(
            f"scikit-learn's photograph {path} cannot be read ({error}); install scikit-learn again."
        ) from error
