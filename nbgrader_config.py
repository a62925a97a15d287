"""Makes nbgrader's own commands and formgrader work on this course, with our sandbox and referee."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from grading.nbgrader_hooks import nbgrader_settings

c = get_config()  # noqa: F821  (traitlets provides it)
load_subconfig("grader_config.py", path=str(Path(__file__).resolve().parent))  # noqa: F821
c.merge(nbgrader_settings())
