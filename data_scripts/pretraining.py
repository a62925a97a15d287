"""Train the small base on drawn animals, or find it in the cache: `python -m data_scripts.pretraining`.

The base stands in where neither MobileNet nor VGG16 can be had; `pretrained.base` trains it by
itself when it is needed first. This command does it ahead of time, and says what came of it.
"""

from __future__ import annotations

import sys
import time

from data_scripts.errors import DataError
from data_scripts.loading import load


def main() -> int:
    """Train or find the base, print its size, its accuracy and the seconds; return the exit code."""
    started = time.perf_counter()
    try:
        arrays = load("mobilenet", "full", "twin").shared or {}
    except DataError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    seconds = time.perf_counter() - started
    weights = [array for name, array in arrays.items() if "/" in name]
    count = sum(array.size for array in weights)
    print(
        f"{count:,} weights ({count * 4 / 1e6:.1f} MB), {len(arrays['classes'])} kinds of drawn "
        f"animals, {arrays['accuracy'][0]:.2f} of unseen ones named rightly; {seconds:.0f} s."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
