from __future__ import annotations

import pytest

from authoring.errors import BadSource
from authoring.source import read_source

EXERCISE = '# %% exercise="double"\n### BEGIN SOLUTION\nx = 1\n### END SOLUTION\n'


def test_every_option_becomes_its_kind(script):
    """Does each option on a cell's line give the kind of cell that the table promises?"""
    source = read_source(
        script(
            "# %% [markdown]\n# # A Title\n\n# %%\na = 1\n\n# %% demo\nb = 1\n\n# %% free\nc = 1\n\n"
            + EXERCISE
            + '\n# %% test="double" points=1\n1\n\n# %% hidden="double.more" points=2.5'
            ' part="results"\n1\n\n# %% [markdown] question="why" points=4 numbers="a, b"\n'
            "# Why?\n#\n# ### BEGIN SOLUTION\n# So.\n# ### END SOLUTION\n"
        )
    )
    assert source.problems == ()
    assert [(cell.kind, cell.id) for cell in source.cells] == [
        ("text", "a-title"),
        ("given", "a-title-2"),
        ("demo", "a-title-3"),
        ("free", "a-title-4"),
        ("exercise", "double"),
        ("test", "test_double"),
        ("hidden", "hidden_double_more"),
        ("question_prompt", "prompt_why"),
        ("question", "why"),
    ]
    hidden, answer = source.cells[6], source.cells[8]
    assert (hidden.exercise, hidden.points, hidden.part) == ("double", 2.5, "results")
    assert (answer.numbers, answer.part) == (("a", "b"), "words")
    assert source.cells[7].source == "Why?"


def test_marks_of_an_exercise_are_read(script):
    """Are trap and clinic known for the count of minutes?"""
    text = EXERCISE.replace('"double"', '"double" trap=true clinic=true')
    (cell,) = read_source(script(text)).cells
    assert cell.trap
    assert cell.clinic


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# %% hidden=double points=2\n1\n", "not quoted"),
        ("# %% demonstration\n1\n", "`demonstration` on the cell's line is unknown"),
        ('# %% test="double"\n1\n', "needs points"),
        ('# %% test="double" points="2"\n1\n', "cannot be '2'"),
        ('# %% test="double" points=-1\n1\n', "negative"),
        ('# %% test="double" points=1 part="code!"\n1\n', "part cannot be"),
        ('# %% test="double" points=1 trap=true\n1\n', "option `trap` is unknown"),
        ('# %% test="double" hidden="double" points=1\n1\n', "one thing only"),
        ('# %% test="Double" points=1\n1\n', "is no name"),
        ('# %% exercise="a.b"\n### BEGIN SOLUTION\n### END SOLUTION\n', "is no name"),
        ('# %% exercise="a"\n1\n', "no solution between"),
        ('# %% [markdown] exercise="a"\n# text\n', "does not go with a markdown cell"),
        ('# %% [markdown] question="a" points=4\n# text\n', "needs its prompt"),
        ('# %% hidden="a" points=1\n### BEGIN HIDDEN TESTS\n', "leave out the HIDDEN TESTS"),
        (EXERCISE + "\n" + EXERCISE, "used 2 times"),
    ],
)
def test_problems_are_told(script, text: str, words: str):
    """Is a wrong option refused with a sentence that says what to do?"""
    source = read_source(script(text))
    assert any(words in problem.message for problem in source.problems)
    with pytest.raises(BadSource, match=":"):
        source.require_sound()


def test_a_test_of_nothing_belongs_to_no_exercise(script):
    """May a test (of the environment, say) stand without an exercise?"""
    (cell,) = read_source(script('# %% test="environment" points=0\n1\n')).cells
    assert cell.exercise is None


def test_ids_of_other_sections_stay_when_one_grows(script):
    """Does a new cell in one section leave the ids of other sections alone?"""
    before = (
        "# %% [markdown]\n# ## One\n\n# %%\na = 1\n\n# %% [markdown]\n# ## Two\n\n# %%\nb = 1\n"
    )
    after = before.replace("a = 1\n", "a = 1\n\n# %%\nc = 1\n")
    old = {cell.id for cell in read_source(script(before)).cells}
    new = {cell.id for cell in read_source(script(after)).cells}
    assert new - old == {"one-3"}
    assert old < new


def test_a_missing_file_is_told(tmp_path):
    """Is a lab without source told in a sentence?"""
    with pytest.raises(BadSource, match="does not exist"):
        read_source(tmp_path / "none.py")
