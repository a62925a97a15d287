"""The rules that a lab has to keep, and the loop that applies them.

A rule is a function from a :class:`Lab` to findings; it knows nothing of the others. The loop
applies all of them to all labs and reports every finding at once.
"""

from authoring.rules.engine import RULES, Finding, Lab, check

__all__ = ["RULES", "Finding", "Lab", "check"]
