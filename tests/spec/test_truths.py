"""Met, not met, unknown: how truths combine. Unknown is never quietly one of the other two."""

from __future__ import annotations

import pytest
from three_readings import check, dossier

from tiaoli.answers.meaning import Truth
from tiaoli.rules import (
    NEVER,
    SATISFIED,
    Rule,
    all_of,
    any_of,
    any_record,
    at_least_of,
    clause,
    judged,
    presumed,
    records,
    shown_by,
    told_if_met,
    unless,
    waived_by,
)

NOBODY = dossier()
OPEN = judged("ART-9", "是否可行", "whether it will do")

RULES: dict[Truth, Rule] = {True: SATISFIED, False: NEVER, None: OPEN}
MET, NOT, OPN = True, False, None

NINE_ROWS = [
    # a,   b,   a & b, a | b
    (MET, MET, MET, MET),
    (MET, NOT, NOT, MET),
    (MET, OPN, OPN, MET),
    (NOT, MET, NOT, MET),
    (NOT, NOT, NOT, NOT),
    (NOT, OPN, NOT, OPN),
    (OPN, MET, OPN, MET),
    (OPN, NOT, NOT, OPN),
    (OPN, OPN, OPN, OPN),
]


@pytest.mark.parametrize(("a", "b", "both", "either"), NINE_ROWS)
def test_and_or_in_nine_rows(a: Truth, b: Truth, both: Truth, either: Truth) -> None:
    check(RULES[a] & RULES[b], NOBODY, both)
    check(RULES[a] | RULES[b], NOBODY, either)


@pytest.mark.parametrize(("a", "turned"), [(MET, NOT), (NOT, MET), (OPN, OPN)])
def test_unknown_never_satisfies_a_negation(a: Truth, turned: Truth) -> None:
    check(~RULES[a], NOBODY, turned)


@pytest.mark.parametrize(
    ("number", "truths", "expected"),
    [
        (1, (MET, OPN, NOT), MET),
        (2, (MET, MET, OPN), MET),
        (2, (MET, OPN, NOT), OPN),
        (2, (OPN, OPN, NOT), OPN),
        (2, (OPN, NOT, NOT), NOT),
        (3, (MET, MET, NOT), NOT),
        (3, (MET, MET, OPN), OPN),
    ],
)
def test_any_so_many_of_several(number: int, truths: tuple[Truth, ...], expected: Truth) -> None:
    check(at_least_of(number, *(RULES[truth] for truth in truths)), NOBODY, expected)


@pytest.mark.parametrize(
    ("rule", "waiver", "expected"),
    [
        (MET, NOT, MET),
        (NOT, MET, MET),
        (NOT, NOT, NOT),
        (NOT, OPN, OPN),
        (OPN, NOT, OPN),
        (OPN, MET, MET),
    ],
)
def test_a_waiver_stands_in_for_the_rule(rule: Truth, waiver: Truth, expected: Truth) -> None:
    check(waived_by(RULES[rule], RULES[waiver]), NOBODY, expected)


@pytest.mark.parametrize(
    ("rule", "exception", "expected"),
    [(MET, NOT, MET), (MET, MET, NOT), (MET, OPN, OPN), (NOT, OPN, NOT), (OPN, MET, NOT)],
)
def test_an_exception_takes_the_rule_away(rule: Truth, exception: Truth, expected: Truth) -> None:
    check(unless(RULES[rule], RULES[exception]), NOBODY, expected)


@pytest.mark.parametrize(
    ("truth", "taken_as", "expected"),
    [(OPN, True, MET), (OPN, False, NOT), (MET, False, MET), (NOT, True, NOT)],
)
def test_a_presumption_speaks_only_where_nothing_is_known(
    truth: Truth, taken_as: bool, expected: Truth
) -> None:
    check(presumed(RULES[truth], taken_as, "推定", "taken as"), NOBODY, expected)


@pytest.mark.parametrize("truth", [MET, NOT, OPN])
def test_citing_a_clause_changes_no_truth(truth: Truth) -> None:
    check(clause("ART-1", RULES[truth]), NOBODY, truth)
    check(shown_by(clause("ART-1", RULES[truth])), NOBODY, truth)
    check(told_if_met(clause("ART-1", RULES[truth])), NOBODY, truth)


def test_nested_conjunctions_are_one_list() -> None:
    one, two, three = (any_record(records(k)) for k in ("licence", "patent", "talk"))
    assert list(all_of(one, all_of(two, three)).parts()) == [one, two, three]
    assert list(any_of(any_of(one, two), three).parts()) == [one, two, three]


# --- What only a person can decide --------------------------------------------------------


def ruling(decision: str, date: str, **more: str) -> dict[str, str]:
    return {
        "kind": "judgement",
        "clause": "ART-9",
        "decision": decision,
        "by": "R",
        "date": date,
        **more,
    }


@pytest.mark.parametrize(
    ("rulings", "expected"),
    [
        ([], OPN),
        ([ruling("met", "2026-06-30")], MET),
        ([ruling("not_met", "2026-06-30")], NOT),
        ([ruling("partly", "2026-06-30")], NOT),
        ([ruling("met", "2026-07-01")], OPN),
        ([ruling("met", "2026-01-01"), ruling("not_met", "2026-02-01")], NOT),
        ([ruling("not_met", "2026-02-01"), ruling("met", "2026-01-01")], NOT),
        ([ruling("met", "2026-01-01", clause="ART-8")], OPN),
    ],
)
def test_a_judgement_is_the_latest_ruling_and_open_without_one(
    rulings: list[dict[str, str]], expected: Truth
) -> None:
    check(OPEN, dossier(*rulings), expected)
