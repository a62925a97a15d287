from __future__ import annotations

import pytest

from authoring.pycode import Check, checks_in, literal_assignment, names_of, with_literal


def test_names_inside_functions_count_as_used():
    """Is a name that a function looks up in the notebook known as used, but not its own?"""
    names = names_of("import numpy as np\ndef f(x):\n    y = x + z\n    return len(y)\n")
    assert names.bound == {"np", "f"}
    assert names.used == {"z"}


def test_globals_and_rebinding():
    """Does `global` bind in the notebook, and count a rebound builtin as the cell's own?"""
    names = names_of("sum = 1\nprint(sum)\ndef f():\n    global g\n    g = h\n")
    assert {"sum", "f", "g"} == names.bound
    assert {"sum", "h"} == names.used


def test_magics_are_no_python():
    """Is a line magic refused, as the grader cannot read it?"""
    with pytest.raises(SyntaxError):
        names_of("%matplotlib inline")


def test_checks_are_found_with_their_literals():
    """Are title and hint read where they are literals, and None where they are not?"""
    code = (
        'with lab.check("a", hint="b") as check:\n    pass\nwith lab.check(f"{x}") as c:\n    pass'
    )
    assert checks_in(code) == [Check("a", "b"), Check(None, None)]


def test_the_variant_line():
    """Is the literal of a name found and replaced, and the rest of the cell left alone?"""
    code = 'VARIANT = "digits"  # yours to change\nother = "digits"'
    assert literal_assignment(code, "VARIANT") == "digits"
    assert literal_assignment("VARIANT = f()", "VARIANT") is None
    changed = "VARIANT = 'clothes'  # yours to change\nother = \"digits\""
    assert with_literal(code, "VARIANT", "clothes") == changed
    assert with_literal("x = 1", "VARIANT", "clothes") == "x = 1"
