"""Twin of the larger pretrained bases: the small trained one again, which is trained only once."""

from __future__ import annotations

from collections.abc import Mapping

from data_scripts.ragged import Arrays

# Not used, but this twin's place in the cache must change with the code that trains the base.
from data_scripts.twins import small_base  # noqa: F401

OF = "mobilenet"


def make(rows: Mapping[str, int], seed: int) -> dict[str, Arrays]:
    """Give the twin of `OF`; rows and seed are that one's.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        As `small_base.make` gives them.
    """
    from data_scripts.loading import load

    return load(OF, "full", "twin").arrays
