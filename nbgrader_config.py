"""Makes nbgrader's own commands and formgrader work on this course, with our sandbox and referee."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))

from grading.nbgrader_hooks import nbgrader_settings  # noqa: E402

c = get_config()  # noqa: F821  (traitlets provides it)
c.merge(nbgrader_settings())
load_subconfig("grader_config.py", path=str(ROOT))  # noqa: F821  (what stands there goes first)
