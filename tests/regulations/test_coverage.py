"""Every clause of every regulation has a place, and the totals are those of the ledgers."""

import pytest

from tiaoli.regulations import catalogue
from tiaoli.rules import Place
from tiaoli.rules.outcomes import OUTCOMES

CLAUSES = {
    "rt-ladder": 85,
    "ir-instructor": 80,
    "radiation-operator": 73,
    "rrt-ce": 227,
    "cec-licence": 26,
    "nm-program": 286,
}


@pytest.mark.parametrize(("regulation_id", "total"), CLAUSES.items())
def test_the_total_is_that_of_the_ledger(regulation_id: str, total: int) -> None:
    assert len(catalogue.find(regulation_id).clauses) == total


@pytest.mark.parametrize("regulation_id", catalogue.ids())
def test_no_clause_is_without_a_place(regulation_id: str) -> None:
    assert catalogue.find(regulation_id).coverage().get(None, ()) == ()


@pytest.mark.parametrize("regulation_id", catalogue.ids())
def test_what_is_left_out_says_why(regulation_id: str) -> None:
    clauses = catalogue.find(regulation_id).clauses.values()
    assert [c.id for c in clauses if c.left is not None and c.because is None] == []


@pytest.mark.parametrize("regulation_id", catalogue.ids())
def test_nothing_that_can_be_computed_is_declared_away(regulation_id: str) -> None:
    """Only purposes, titles, pure advice and silence are left uncomputed."""
    clauses = catalogue.find(regulation_id).clauses.values()
    left = {c.kind for c in clauses if c.left is not None}
    assert left <= {"informative"}


@pytest.mark.parametrize("regulation_id", catalogue.ids())
def test_a_clause_left_out_is_not_cited_as_computed(regulation_id: str) -> None:
    regulation = catalogue.find(regulation_id)
    informative = set(regulation.coverage().get(Place.INFORMATIVE, ()))
    assert informative & regulation.cited() == set()


@pytest.mark.parametrize("regulation_id", catalogue.ids())
def test_every_outcome_has_a_label(regulation_id: str) -> None:
    questions = catalogue.find(regulation_id).questions.values()
    assert {word for q in questions for word in q.outcomes} - OUTCOMES.keys() == set()


@pytest.mark.parametrize("regulation_id", catalogue.ids())
def test_every_interpretation_is_told_in_both_languages(regulation_id: str) -> None:
    for key, found in catalogue.find(regulation_id).interpretations.items():
        labels = [found.place, found.question, found.because, *(o.says for o in found.options)]
        assert (key, [label for label in labels if not (label.zh and label.en)]) == (key, [])
        assert found.default in found.option_names
