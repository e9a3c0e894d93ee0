"""Truths joined without what others decide come to the same, whatever the facts are."""

from __future__ import annotations

import operator
from functools import reduce
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiaoli.population.terms import Rows, Sort, Term, Terms

_ROW = Rows("credit_entry")
_PARTS = ("known", "given", "value")
_PLACES = [(name, part) for name in ("passed", "related") for part in _PARTS]

formulas: Any = st.recursive(
    st.sampled_from(_PLACES),
    lambda inner: st.one_of(
        st.tuples(st.just("not"), st.lists(inner, min_size=1, max_size=1)),
        st.tuples(st.sampled_from(["and", "or"]), st.lists(inner, max_size=4)),
    ),
    max_leaves=14,
)


def made(terms: Terms, formula: Any) -> Term:
    head, rest = formula
    if head == "not":
        return terms.neg(made(terms, rest[0]))
    if head in ("and", "or"):
        join = terms.both if head == "and" else terms.either
        return join(*(made(terms, part) for part in rest))
    return terms.at(terms.row(_ROW), ("credit_entry", head, rest), Sort.BOOL)


def said(formula: Any, facts: dict[Any, bool]) -> bool:
    head, rest = formula
    if head == "not":
        return not said(rest[0], facts)
    if head in ("and", "or"):
        join = operator.and_ if head == "and" else operator.or_
        return reduce(join, (said(part, facts) for part in rest), head == "and")
    return facts[head, rest]


def worth(term: Term, facts: dict[Any, bool]) -> bool:
    found = [worth(arg, facts) for arg in term.args if arg.sort is Sort.BOOL]
    match term.op:
        case "const":
            return bool(term.data)
        case "not":
            return not found[0]
        case "and" | "or":
            return all(found) if term.op == "and" else any(found)
    return facts[term.data[1:]]


def possible_facts() -> list[dict[Any, bool]]:
    """What is given is known; a value that is not given may be anything."""
    every = [
        dict(zip(_PLACES, truths, strict=True))
        for truths in product([False, True], repeat=len(_PLACES))
    ]
    names = {name for name, _ in _PLACES}
    return [one for one in every if all(one[n, "known"] or not one[n, "given"] for n in names)]


@given(formulas)
@settings(max_examples=300)
def test_a_formula_comes_to_what_it_says(formula: Any) -> None:
    term = made(Terms(), formula)
    for facts in possible_facts():
        assert worth(term, facts) == said(formula, facts), facts


@pytest.mark.parametrize(
    ("formula", "shortest"),
    [
        (("and", [("passed", "given"), ("passed", "known")]), ("passed", "given")),
        (("or", [("passed", "given"), ("passed", "known")]), ("passed", "known")),
        (
            ("and", [("passed", "value"), ("or", [("passed", "value"), ("related", "value")])]),
            ("passed", "value"),
        ),
        (
            ("and", [("passed", "known"),
                     ("or", [("not", [("passed", "known")]), ("related", "value")])]),
            ("and", [("passed", "known"), ("related", "value")]),
        ),
        (
            (
                "or",
                [
                    ("not", [("passed", "known")]),
                    ("and", [("passed", "known"), ("not", [("passed", "given")])]),
                    ("and", [("passed", "given"), ("passed", "value")]),
                ],
            ),
            ("or", [("not", [("passed", "given")]), ("passed", "value")]),
        ),
        (
            ("and", [("or", [("passed", "value"), ("related", "value")]),
                     ("or", [("passed", "value"), ("related", "value"), ("related", "known")])]),
            ("or", [("passed", "value"), ("related", "value")]),
        ),
        (("and", [("passed", "given"), ("not", [("passed", "known")])]), ("or", [])),
    ],
)  # fmt: skip
def test_what_others_decide_is_left_out(formula: Any, shortest: Any) -> None:
    terms = Terms()
    assert made(terms, formula) is made(terms, shortest)
