"""Every worked case of every regulation: the outcome, what decides it, and what would change it."""

from collections.abc import Mapping

import pytest

from tiaoli.answers import Answer, ask, outcome
from tiaoli.answers.answer import Quantity
from tiaoli.regulations import catalogue
from tiaoli.regulations.cases import WorkedCase, cases

ALL = [
    pytest.param(regulation_id, case, id=case.id)
    for regulation_id in catalogue.ids()
    if (folder := catalogue.folder_of(regulation_id)) is not None
    for case in cases(folder)
]


def answered(regulation_id: str, case: WorkedCase, readings: Mapping[str, str]) -> Answer:
    return ask(
        catalogue.find(regulation_id),
        case.question,
        case.dossier,
        on=case.on,
        readings=readings,
        about=case.about,
    )


def written(answer: Answer) -> dict[str, str]:
    return {
        name: str(shown.at_least) if isinstance(shown, Quantity) else str(shown)
        for name, shown in answer.value.items()
    }


@pytest.mark.parametrize(("regulation_id", "case"), ALL)
def test_a_worked_case_is_answered_as_expected(regulation_id: str, case: WorkedCase) -> None:
    expected = case.expected
    answer = answered(regulation_id, case, case.readings)
    assert answer.outcome == expected.outcome
    if expected.earliest is not None:
        assert answer.earliest == expected.earliest
    if expected.until is not None:
        assert answer.until == expected.until
    assert set(expected.decided_by) - set(answer.decided_by) == set()
    assert {flag.id for flag in answer.flags} == set(expected.flags)
    assert set(expected.sensitivity) - {flip.key for flip in answer.sensitivity} == set()
    assert {name: written(answer)[name] for name in expected.value} == dict(expected.value)
    told = {n.fact for reason in answer.walk() for n in reason.not_counted}
    assert set(expected.not_counted) - told == set()
    asked = {name for m in answer.missing for name in (m.clause, m.fact, m.kind) if name}
    assert set(expected.missing) - asked == set()


@pytest.mark.parametrize(("regulation_id", "case"), ALL)
def test_the_quick_reading_agrees(regulation_id: str, case: WorkedCase) -> None:
    regulation = catalogue.find(regulation_id)
    quick = outcome(
        regulation,
        case.question,
        case.dossier,
        on=case.on,
        readings=case.readings,
        about=case.about,
    )
    assert quick == case.expected.outcome


@pytest.mark.parametrize(
    ("regulation_id", "case"),
    [param for param in ALL if param.values[1].flips],
)
def test_a_reading_flips_the_outcome_as_expected(regulation_id: str, case: WorkedCase) -> None:
    for key, (reading, expected) in case.flips.items():
        answer = answered(regulation_id, case, {**case.readings, key: reading})
        assert (key, answer.outcome) == (key, expected)


@pytest.mark.parametrize("regulation_id", catalogue.ids())
def test_every_key_with_a_choice_changes_some_case(regulation_id: str) -> None:
    regulation = catalogue.find(regulation_id)
    folder = catalogue.folder_of(regulation_id)
    assert folder is not None
    left = {key for key, i in regulation.interpretations.items() if not i.is_convention}
    for names_one in (True, False):  # those that say so first: the others are seldom needed
        for case in cases(folder):
            if left and names_one is bool(left & {*case.flips, *case.expected.sensitivity}):
                answer = answered(regulation_id, case, case.readings)
                left -= {flip.key for flip in answer.sensitivity}
    assert left == set()
