"""Where data may lie and what is allowed: this package's environment variables, in one place."""

from __future__ import annotations

import os
from pathlib import Path

from data_scripts.errors import DataError

SOURCES = ("real", "twin")
APPLICATION = "deep-learning-labs"


def cache_folder() -> Path:
    """Give the cache folder, `LABS_DATA` or the platform's own place; it need not exist."""
    moved = os.environ.get("LABS_DATA")
    if moved:
        return Path(moved).expanduser().absolute()
    import pooch

    return Path(pooch.os_cache(APPLICATION))


def mirror_folder() -> Path | None:
    """Give the mirror folder `LABS_MIRROR`, or None if none is named."""
    mirror = os.environ.get("LABS_MIRROR")
    return Path(mirror).expanduser().absolute() if mirror else None


def network_allowed() -> bool:
    """Tell whether downloads are allowed: `LABS_OFFLINE=1` forbids them."""
    return os.environ.get("LABS_OFFLINE", "") in ("", "0")


def wanted_source(source: str | None) -> str | None:
    """Settle which data is wanted: the argument, else `LABS_SOURCE`, else None (what can be had).

    Raises
    ------
    DataError
        If it is neither "real" nor "twin".
    """
    chosen = source or os.environ.get("LABS_SOURCE") or None
    if chosen is not None and chosen not in SOURCES:
        origin = "source" if source else "LABS_SOURCE"
        raise DataError(f"{origin} is {chosen!r}: use 'real' or 'twin', or leave it out.")
    return chosen
