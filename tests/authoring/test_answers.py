from __future__ import annotations

import pytest

from authoring.answers import read_answer
from authoring.errors import BadAnswer


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('# %% exercise="a"\nx = 1\n', "needs the lines `exercise:` and `fails:`"),
        ('"""Text.\n\nexercise: a\n"""\n\n# %% exercise="a"\nx = 1\n', "needs the lines"),
        ('"""Text.\n\nexercise: a\nfails:\n"""\n', 'needs a cell `# %% exercise="a"`'),
        ('"""Text.\n\nexercise: a\nfails:\n"""\n\n# %% exercise=a\nx = 1\n', "is not quoted"),
        ('"""Text.\n\nexercise: a\nfails:\n"""\n\n# %% exercise="b"\nx = 1\n', "needs a cell"),
    ],
)
def test_an_answer_without_header_is_refused(script, text: str, words: str):
    """Is it told what an answer's header or cells lack?"""
    with pytest.raises(BadAnswer, match=words):
        read_answer(script(text))


def test_a_header_is_read(script):
    """Are tests and description read from the docstring?"""
    header = '"""Forgets it.\n\nexercise: a\nfails: test_a,  hidden_a\n"""\n\n'
    answer = read_answer(script(header + '# %% exercise="a"\nx = 1\n'))
    assert (answer.exercise, answer.fails) == ("a", ("test_a", "hidden_a"))
    assert answer.about == "Forgets it."
