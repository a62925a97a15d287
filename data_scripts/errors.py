"""What can go wrong with data, one class for each thing that a caller may want to catch.

* DataError
  * UnknownDataSet (also a ValueError)
  * ManifestError
  * NotAvailable
  * BadFile
  * CacheError
  * RowsNotHere
"""

from __future__ import annotations


class DataError(Exception):
    """Something is wrong with a data set; the message says what, and what to do."""


class UnknownDataSet(DataError, ValueError):
    """A data set was asked for that the manifest does not have."""


class ManifestError(DataError):
    """The manifest lacks an entry, or has one of the wrong kind."""


class NotAvailable(DataError):
    """Neither cache nor mirror nor internet has a usable copy of a file."""


class BadFile(DataError):
    """A file is not what the manifest says, or not what its own header says."""


class CacheError(DataError):
    """The cache folder cannot be written: read-only, not permitted, or the disk is full."""


class RowsNotHere(DataError):
    """The cache at hand holds only the rows for notebooks, and others were asked for."""
