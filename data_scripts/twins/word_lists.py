"""Lists of words, written as a text: a word a line would fill thousands of lines."""

from __future__ import annotations


def listed(text: str) -> list[str]:
    """Give the words of a text that is split at spaces and line ends.

    Examples
    --------
    >>> listed("good great")
    ['good', 'great']
    """
    return text.split()
