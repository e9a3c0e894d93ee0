"""Cases at the edge: what turns on a threshold, and what is said where the outcome does not."""

from __future__ import annotations

import datetime

import pytest
from regulated import asks, regulation

from tiaoli.answers import clause_met, outcome
from tiaoli.proofs import edges
from tiaoli.proofs.edges import Edge, edges_of
from tiaoli.proofs.search import solve
from tiaoli.proofs.thresholds import thresholds
from tiaoli.rules import Regulation, all_of, any_record, clause, points, records, related, sum_of

ON = datetime.date(2026, 6, 30)
entry = records("credit_entry")
licence = records("licence")
teacher = records("faculty_member")
meeting = records("conference")

enough = clause("C1", sum_of(entry.points, entry) >= points(20))
WHOLE = regulation(asks(("eligible", all_of(enough, any_record(licence)))), {})


def both(of: Regulation) -> tuple[Edge, Edge]:
    (threshold,) = thresholds(of)
    return edges_of(of, threshold, on=ON)


def test_on_either_side_of_a_threshold_the_outcome_is_another() -> None:
    found = both(WHOLE)
    assert [edge.of_clause for edge in found] == [False, False]
    outcomes = [outcome(WHOLE, "q", edge.dossier, on=ON) for edge in found if edge.dossier]
    assert outcomes == ["eligible", "not_yet"]


def of_one_entry(least: int) -> Regulation:
    entries = entry.where(entry.points >= points(least), entry.interventional.is_(True))
    return regulation(asks(("eligible", clause("C1", any_record(entries)))), {})


def test_of_several_records_the_one_at_the_edge_turns_the_outcome() -> None:
    """So that a threshold one point lower is noticed, and one that is one point higher."""
    inside, outside = both(of_one_entry(5))
    assert inside.dossier is not None
    assert outside.dossier is not None
    assert outcome(of_one_entry(6), "q", inside.dossier, on=ON) == "not_yet"
    assert outcome(of_one_entry(4), "q", outside.dossier, on=ON) == "eligible"


def test_where_the_solver_gives_up_on_the_outcome_the_clause_turns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    confirmed = edges._Maker._confirmed

    def of_clauses_only(maker: edges._Maker, side: str, dossier: object) -> Edge | None:
        return confirmed(maker, side, dossier) if maker.goal.of_clause else None

    monkeypatch.setattr(edges._Maker, "_confirmed", of_clauses_only)
    found = both(WHOLE)
    assert [(edge.of_clause, edge.met) for edge in found] == [(True, True), (True, False)]
    met = [clause_met(WHOLE, "q", "C1", edge.dossier, on=ON) for edge in found if edge.dossier]
    assert met == [True, False]


def test_a_threshold_on_which_nothing_turns_has_no_edge() -> None:
    idle = regulation(asks(("eligible", clause("C1", enough.rule | any_record(entry)))), {})
    assert [(edge.dossier, edge.open) for edge in both(idle)] == [(None, False), (None, False)]


def test_a_list_that_names_a_record_names_it_in_the_facts_too() -> None:
    attends = any_record(teacher.where(related(meeting, (teacher.name, meeting.attendees))))
    found = solve(attends, on=ON)
    assert found is not None
    (names, attended) = (
        [fact.values["name"] for fact in found.of("faculty_member")],
        [name for fact in found.of("conference") for name in fact.values["attendees"]],
    )
    assert set(names) & set(attended) != set()
