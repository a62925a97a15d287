"""The ladder on Boston housing or its twin: median, ridge, 64-64-1, gradient boosting.

python benchmarks/ladders/boston.py --source twin --seeds 3
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from regression import Task, main
from sklearn.ensemble import GradientBoostingRegressor

TASK = Task(
    name="boston",
    unit="1000 $",
    scale=1.0,
    batch=16,
    epochs=80,
    trees=lambda seed: GradientBoostingRegressor(
        n_estimators=400, learning_rate=0.05, max_depth=4, subsample=0.5, random_state=seed
    ),
)

if __name__ == "__main__":
    main(TASK)
