"""The JSON Schema of a dossier file, and the printed vocabulary."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tiaoli.facts.dates import parse_day
from tiaoli.facts.reading import DossierError, read_dossier
from tiaoli.facts.schema import json_schema
from tiaoli.facts.vocabulary import KINDS

SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
SUBJECT = {"kind": "practitioner", "id": "r1", "name": "甲", "date_of_birth": "民國79年3月1日"}


def accepts(*facts: Mapping[str, Any], **more: Any) -> bool:
    return VALIDATOR.is_valid({"subject": SUBJECT, "facts": list(facts), **more})


def table(**more: Any) -> dict[str, Any]:
    return {
        "file": "cases.csv",
        "kind": "case_log",
        "columns": {"procedure_date": "日期", "procedure": "術式"},
        **more,
    }


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "fact",
    [
        {"kind": "licence", "profession": "radiographer", "issue_date": "2020-03-01"},
        {"kind": "licence", "issue_date": "109/03/01", "revoked_date": "none", "note": "影本"},
        {"kind": "training", "hours": 3.5, "topics": ["technique"], "end_date": "1130501"},
        {"kind": "training", "hours": "50 min", "end_date": "unknown"},
        {"kind": "case_log", "procedure": "biopsy", "panel_domain": 1},
        {"kind": "case_log", "procedure": "不明", "panel_domain": "1"},
        {"kind": "radiation_source", "nominal_kv": 150.1, "mobile": True, "ratio": "無"},
        {"kind": "facility_notice", "filed_at": "2026-04-19 09:30", "fields": ["time", "place"]},
        {"kind": "course_case", "mode": 2, "filed_at": "民國114年3月15日 23:59:59"},
        {"kind": "credit_entry", "mode": "7", "role": "first_author", "days": 3},
        {"kind": "passport_entry", "type": "case", "case_count": 20, "category": "pet"},
        {"kind": "consensus_score", "item": "2.1", "score": 3},
        {"kind": "consensus_score", "item": "4.2.a", "score": "none"},
        {"kind": "observation", "trainee": "b", "guided": "yes"},
        {"kind": "licence", "profession": "護理師", "issue_date": 1090301},
        {"kind": "training", "topics": "technique、safe_operation", "hours": "1 小時 20 分"},
    ],
)
def test_a_fact_that_the_reader_understands_is_accepted(fact: Mapping[str, Any]) -> None:
    read_dossier({"subject": SUBJECT, "facts": [fact]})
    assert accepts(fact)


@pytest.mark.parametrize(
    "fact",
    [
        pytest.param({"kind": "licence", "isue_date": "2020-03-01"}, id="misspelt attribute"),
        pytest.param({"kind": "licens", "issue_date": "2020-03-01"}, id="misspelt kind"),
        pytest.param({"issue_date": "2020-03-01"}, id="no kind"),
        pytest.param({"kind": "licence", "profession": "radiografer"}, id="misspelt option"),
        pytest.param({"kind": "licence", "issue_date": "March 2020"}, id="not a day"),
        pytest.param({"kind": "course_session", "start": "2025-03-10"}, id="a day, not a moment"),
        pytest.param({"kind": "training", "hours": "three"}, id="not a duration"),
        pytest.param({"kind": "passport_entry", "case_count": 1.5}, id="not a whole number"),
        pytest.param({"kind": "radiation_source", "mobile": "perhaps"}, id="neither yes nor no"),
        pytest.param({"kind": "licence", "evidence": "seen"}, id="no such evidence"),
        pytest.param({"kind": "credit_entry", "session": "s"}, id="attribute of another kind"),
    ],
)
def test_a_fact_that_the_reader_refuses_is_refused(fact: Mapping[str, Any]) -> None:
    with pytest.raises(DossierError):
        read_dossier({"subject": SUBJECT, "facts": [fact]})
    assert not accepts(fact)


@pytest.mark.parametrize("word", ["unknown", "不明", "none", "無"])
def test_every_attribute_may_be_unknown_or_none(word: str) -> None:
    for kind in KINDS.values():
        assert accepts({"kind": kind.name, **dict.fromkeys(kind.attributes, word)}), kind.name


@pytest.mark.parametrize(
    "written",
    [
        *("2026-06-30", "2026/6/30", "115-06-30", "115.6.30", "1150630", "20260630"),
        *(
            "民國115年6月30日",
            "民國 115 年 6 月 30 日",
            "中華民國115年6月30日",
            "１１５／０６／３０",
        ),
    ],
)
def test_a_day_that_the_reader_understands_is_accepted(written: str) -> None:
    assert parse_day(written) == date(2026, 6, 30)
    assert accepts({"kind": "licence", "issue_date": written})


def test_only_a_kind_that_may_be_a_subject_is_one() -> None:
    assert VALIDATOR.is_valid({"subject": {"kind": "programme", "training_start": "2026-08-01"}})
    assert not VALIDATOR.is_valid({"subject": {"kind": "licence", "issue_date": "2026-08-01"}})
    assert not VALIDATOR.is_valid({"facts": []})


def test_a_subject_without_a_kind_is_a_practitioner() -> None:
    assert VALIDATOR.is_valid({"subject": {"id": "wang", "date_of_birth": "1990-03-01"}})
    assert not VALIDATOR.is_valid({"subject": {"id": "p", "training_start": "2026-08-01"}})


@pytest.mark.parametrize(
    ("more", "accepted"),
    [
        ({}, True),
        ({"values": {"procedure": {"切片": "biopsy"}}, "evidence": "verified"}, True),
        ({"constants": {"operator_role": "primary"}, "sheet": "一月", "id_column": "編號"}, True),
        ({"columns": {"procedure_day": "日期"}}, False),
        ({"constants": {"operator_role": "onlooker"}}, False),
        ({"values": {"prosedure": {}}}, False),
        ({"colums": {}}, False),
    ],
)
def test_an_attached_table_names_attributes_of_its_kind(
    more: Mapping[str, Any], accepted: bool
) -> None:
    assert accepts(tables=[table(**more)]) is accepted


def test_incomplete_lists_kinds() -> None:
    assert accepts(incomplete=["training", "case_log"])
    assert not accepts(incomplete=["trainings"])


def test_descriptions_carry_units_and_what_leaving_out_means() -> None:
    dose = SCHEMA["$defs"]["fact.radiation_source"]["properties"]["dose_rate"]
    assert "µSv/h" in dose["description"]
    assert "left out: not known" in dose["description"]
    end = SCHEMA["$defs"]["fact.clinical_service"]["properties"]["end_date"]
    assert "left out: there is none" in end["description"]


def test_a_schema_of_a_few_kinds_has_only_those() -> None:
    few = json_schema({name: KINDS[name] for name in ("practitioner", "licence")})
    Draft202012Validator.check_schema(few)
    assert Draft202012Validator(few).is_valid({"subject": SUBJECT, "facts": [{"kind": "licence"}]})
    assert not Draft202012Validator(few).is_valid(
        {"subject": SUBJECT, "facts": [{"kind": "training"}]}
    )
