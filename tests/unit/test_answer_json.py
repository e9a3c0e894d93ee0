"""The JSON of an answer: stable names, a schema, and back again."""

import datetime
import json
from pathlib import Path

import jsonschema
import pytest

from tiaoli.answers import Answer, ask
from tiaoli.answers.schema import ANSWER_SCHEMA
from tiaoli.intake import load
from tiaoli.regulations import catalogue

EXAMPLES = Path(__file__).parents[2] / "examples"
DAY = datetime.date(2026, 6, 30)


@pytest.fixture(params=["RT3", "RT2", "review-fee", "appeal"])
def answer(request: pytest.FixtureRequest) -> Answer:
    dossier = load(EXAMPLES / "wang-rt3.yaml")
    return ask(catalogue.find("rt-ladder"), request.param, dossier, on=DAY)


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(ANSWER_SCHEMA)


def test_an_answer_fits_the_schema(answer: Answer) -> None:
    jsonschema.validate(answer.to_json(), ANSWER_SCHEMA)


def test_an_answer_survives_json(answer: Answer) -> None:
    assert Answer.from_json(json.loads(json.dumps(answer.to_json()))) == answer


def test_the_names_are_those_that_others_rely_on(answer: Answer) -> None:
    assert list(answer.to_json()) == [
        "regulation",
        "edition",
        "question",
        "subject",
        "on",
        "about",
        "outcome",
        "decided_by",
        "flags",
        "value",
        "partly",
        "reasons",
        "missing",
        "earliest",
        "until",
        "interpretations",
        "sensitivity",
        "evidence",
        "fingerprint",
    ]


def test_an_altered_answer_does_not_fit(answer: Answer) -> None:
    altered = {**answer.to_json(), "level": "RT5"}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(altered, ANSWER_SCHEMA)
