"""Download, verify and load the data sets of the course, or make their twins."""

from __future__ import annotations

from data_scripts.errors import (
    BadFile,
    CacheError,
    DataError,
    ManifestError,
    NotAvailable,
    RowsNotHere,
    UnknownDataSet,
)
from data_scripts.loading import Loaded, load
from data_scripts.manifest import data_set, read_manifest
from data_scripts.notebook import notebook_cache

__all__ = [
    "BadFile",
    "CacheError",
    "DataError",
    "Loaded",
    "ManifestError",
    "NotAvailable",
    "RowsNotHere",
    "UnknownDataSet",
    "data_set",
    "load",
    "notebook_cache",
    "read_manifest",
]
