"""The ladder on Jena climate or its twin: naive guesses, ridge on lags, dense, GRU.

python benchmarks/ladders/jena.py --source twin --seeds 1
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from forecast import Task, main

TASK = Task(
    name="jena",
    columns=("T (degC)", "p (mbar)", "rh (%)", "VPmax (mbar)", "wv (m/s)", "Tdew (degC)"),
    target="T (degC)",
    ahead=(24, 12, 1),
    units=32,
    train=35_064,
    test=43_824,
)

if __name__ == "__main__":
    main(TASK)
