from __future__ import annotations

import textwrap

import pytest

from authoring.flow import follow
from authoring.origins import Comparison

THEIRS = ("build", "network", "predict", "x_train")
EXERCISES = ("build", "predict")


def comparisons(code: str) -> tuple[Comparison, ...]:
    return follow(textwrap.dedent(code), THEIRS, EXERCISES).comparisons


@pytest.mark.parametrize(
    "code",
    [
        "check.equal(predict(x), predict(x), 'x')",
        "check.close(predict(x), expected=network(x), name='x')",
        "check.close(predict(network, x), network.predict(x), 'x')",
        "check.shape(predict(x), x_train.shape, 'x')",
        "check.between(predict(x), 0, x_train.max(), 'x')",
        "assert predict(x) == network.predict(x)",
        "check.true(np.allclose(predict(x), network(x)), 'x')",
        "wanted = []\nfor row in x_train:\n    wanted.append(row)\ncheck.equal(predict(x), wanted, 'x')",
        "first, second = build(), build()\ncheck.equal(first, second, 'x')",
        "y = 1\nfor _ in range(2):\n    check.equal(predict(x), y, 'x')\n    y = predict(x)",
        "y = 0\nif deep:\n    y = predict(x)\ncheck.equal(predict(x), y, 'x')",
        "y = 0\ny += predict(x)\ncheck.equal(predict(x), y, 'x')",
        "y = {}\ny['a'] = predict(x)\ncheck.equal(predict(x), y, 'x')",
        "def run(x):\n    return network(x)\ncheck.equal(predict(x), run(x), 'x')",
        "run = lambda x: network(x)\ncheck.equal(predict(x), run(x), 'x')",
        "y = [network(row) for row in x]\ncheck.equal(predict(x), y, 'x')",
        "y = labkit.inside(helper, network, x)\ncheck.equal(predict(x), y, 'x')",
        "check.equal(predict(x), (y := predict(x)), 'x')",
        "check.equal(predict(x), predict(x) if deep else 1, 'x')",
    ],
)
def test_the_students_side_on_both_sides(code: str):
    """Is it found when what is expected comes from the student, on whatever way?"""
    assert any(one.is_circular for one in comparisons(code))


@pytest.mark.parametrize(
    "code",
    [
        "check.close(predict(x), forward(x, network.get_weights()), 'x')",
        "check.close(predict(network, x), labkit.clean_copy(network).predict(x), 'x')",
        "check.close(network(x), reference(x), 'x')",
        "before = network.get_weights()\npredict(network)\ncheck.close(network.get_weights(), before, 'w')",
        "for a, b in zip(predict(x), wanted):\n    check.equal(a, b, 'x')",
        "for i, a in enumerate(predict(x)):\n    check.equal(a, i, 'x')",
        "found, wanted = predict(x), 3\ncheck.equal(found, wanted, 'x')",
        "assert network.layers[0] is network.get_layer('first')",
        "y = np.add(predict(x), 1)\ncheck.equal(predict(x), np.ones(3), 'x')",
        "predict = len\ncheck.equal(predict(x), predict(x), 'x')",
        "for name in predict(x):\n    check.equal(network[name], table[name], 'x')",
        "import network\ncheck.equal(predict(x), network.answer, 'x')",
        "def helper(model):\n    return model == build()\nlabkit.inside(helper, network)",
        "try:\n    y = 1\nfinally:\n    check.equal(predict(x), y, 'x')",
        "with tape as t:\n    check.equal(predict(x), t, 'x')",
        "while x:\n    check.equal(predict(x), [y for y in x], 'x')",
    ],
)
def test_the_tests_own_expectation(code: str):
    """Is a value that the test computes known as its own, weights and clean copies included?"""
    assert [one.text for one in comparisons(code) if one.is_circular] == []


@pytest.mark.parametrize(
    ("code", "is_evidence"),
    [
        ("check.close(network(x), forward(x), 'x')", True),
        ("model = build()\ncheck.close(check.call(model, x), forward(x), 'x')", True),
        ("scores = network.evaluate(x, y)\ncheck.close(scores['loss'], loss, 'x')", True),
        ("model = build()\ncheck.close(model.get_weights(), start, 'x')", True),
        ("check.close(labkit.clean_copy(build()).predict(x), forward(x), 'x')", True),
        ("check.close(labkit.inside(helper, network), wanted, 'x')", True),
        ("check.true(network.predict(x).mean() > 0.9, 'x')", True),
        ("check.equal(build().count_params(), 50, 'x')", False),
        ("check.equal(len(network.layers), 2, 'x')", False),
        ("check.shape(network(x), (3,), 'x')", False),
        ("check.close(network(x), network.predict(x), 'x')", False),
        ("check.close(predict(x), forward(x), 'x')", False),
        ("check.true(network.built, 'x')", False),
    ],
)
def test_evidence_is_what_an_object_does(code: str, is_evidence: bool):
    """Does work on the test's values count as evidence, and an attribute's word not?"""
    assert any(one.is_evidence for one in comparisons(code)) is is_evidence


def test_a_relation_is_meant_so():
    """Does the comment hold for its own statement only, beside it or above it?"""
    code = """
        assert predict(x) == predict(x)  # on purpose: two calls agree
        # on purpose: a batch gives what its rows give
        check.close(
            predict(x), predict(x[:1]), "x"
        )
        assert predict(x) == predict(x)  # as usual
    """
    assert [one.on_purpose for one in comparisons(code)] == [True, True, False]
