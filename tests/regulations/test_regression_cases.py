"""Cases made from the rules: every threshold has its two sides, and every answer is as it was."""

import pytest

from tiaoli.answers import Detail, ask, clause_met, outcome
from tiaoli.answers.answer import Quantity
from tiaoli.proofs.margins import INSIDE, OUTSIDE
from tiaoli.proofs.thresholds import thresholds
from tiaoli.regulations import catalogue
from tiaoli.regulations.cases import WorkedCase, idle_edges, regression_cases

OURS = [(name, folder) for name in catalogue.ids() if (folder := catalogue.folder_of(name))]
ALL = [
    pytest.param(name, case, id=f"{name}:{case.id}")
    for name, folder in OURS
    for case in regression_cases(folder)
]


@pytest.mark.parametrize(("regulation_id", "case"), ALL)
def test_the_answer_is_as_it_was(regulation_id: str, case: WorkedCase) -> None:
    regulation, expected = catalogue.find(regulation_id), case.expected
    asked = {"on": case.on, "readings": case.readings, "about": case.about}
    dated = expected.earliest is not None or expected.until is not None
    detail = Detail.FULL if dated else Detail.REASONS
    answer = ask(regulation, case.question, case.dossier, **asked, detail=detail)
    quick = outcome(regulation, case.question, case.dossier, **asked)
    assert (answer.outcome, quick) == (expected.outcome, expected.outcome)
    if dated:
        spell = (answer.earliest, answer.until)
        assert spell == (expected.earliest or answer.earliest, expected.until or answer.until)
    assert set(expected.decided_by) - set(answer.decided_by) == set()
    shown = {
        name: str(value.at_least) if isinstance(value, Quantity) else str(value)
        for name, value in answer.value.items()
    }
    assert {name: shown[name] for name in expected.value} == dict(expected.value)
    met = {
        clause: clause_met(regulation, case.question, clause, case.dossier, **asked)
        for clause in expected.clauses
    }
    assert met == dict(expected.clauses)


@pytest.mark.parametrize(("regulation_id", "folder"), OURS)
def test_every_threshold_has_a_case_on_either_side(regulation_id: str, folder: str) -> None:
    """Or the solver said that there is none."""
    made = {case.id for case in regression_cases(folder)} | idle_edges(folder).keys()
    wanted = {
        f"{threshold.name}/{side}"
        for threshold in thresholds(catalogue.find(regulation_id))
        for side in (INSIDE, OUTSIDE)
    }
    assert wanted - made == set()
