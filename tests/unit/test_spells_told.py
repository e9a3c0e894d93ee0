"""From when until when, in words: what waits for a person is not said to want facts."""

import datetime

import pytest
import yaml

from tiaoli.answers import ask
from tiaoli.answers.telling import spell_text, spell_words
from tiaoli.facts.kinds import Label
from tiaoli.facts.reading import read_dossier
from tiaoli.regulations import catalogue

DAY = datetime.date(2026, 6, 30)


def test_an_answer_for_a_person_to_judge_waits_for_a_person() -> None:
    assert spell_words("needs_review", "eligible", None, None) == Label(
        "是否「符合資格」，要由人審查之後才能確定",
        "whether it is “eligible” is settled once a person has reviewed it",
    )


@pytest.mark.parametrize("outcome", ["not_yet", "ineligible", "unknown"])
def test_another_waits_for_facts(outcome: str) -> None:
    assert spell_words(outcome, "eligible", None, None) == Label(
        "若沒有新的事實，不會「符合資格」",
        "without further facts it will not become “eligible”",
    )


def test_a_day_on_which_it_holds_is_told_whoever_has_to_look_until_then() -> None:
    told = spell_words("needs_review", "eligible", DAY, None)
    assert told.zh.startswith("最早自 民國115年6月30日")
    assert "審查" not in told.zh


def test_an_answer_itself_is_told_so() -> None:
    with open("examples/lin-rt2-needs-review.yaml", encoding="utf-8") as file:
        lin = read_dossier(yaml.safe_load(file))
    answer = ask(catalogue.find("rt-ladder"), "RT2", lin, on=DAY)
    assert answer.outcome == "needs_review"
    assert {missing.sort for missing in answer.missing} == {"judgement"}
    assert spell_text(answer, "eligible").zh == "是否「符合資格」，要由人審查之後才能確定"
