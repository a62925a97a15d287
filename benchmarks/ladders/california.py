"""The ladder on California housing or its twin: median, ridge, 64-64-1, gradient boosting.

python benchmarks/ladders/california.py --source twin --seeds 3
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from regression import Task, main
from sklearn.ensemble import HistGradientBoostingRegressor

TASK = Task(
    name="california",
    unit="100,000 $",
    scale=1e5,
    batch=256,
    epochs=40,
    trees=lambda seed: HistGradientBoostingRegressor(max_iter=150, random_state=seed),
)

if __name__ == "__main__":
    main(TASK)
