"""The ladder on Beijing or its twin: naive guesses, ridge on lags, dense, GRU.

python benchmarks/ladders/beijing.py --source twin --seeds 1
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from forecast import Task, main

# Without the dust, which has gaps.
TASK = Task(
    name="beijing",
    columns=(
        *("dew point (degC)", "T (degC)", "p (hPa)"),
        *("wind, summed (m/s)", "snow, summed (h)", "rain, summed (h)"),
    ),
    target="T (degC)",
    ahead=(24,),
    units=16,
    train=17_520,
    test=26_304,
)

if __name__ == "__main__":
    main(TASK)
