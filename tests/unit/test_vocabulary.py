"""The vocabulary: labels in both languages, sound declarations, every ledger record placed."""

import re
import tomllib
from pathlib import Path

import pytest

from tiaoli.facts.kinds import Absent, Kind, Label, Type, Unit
from tiaoli.facts.values import NONE_WORDS, UNKNOWN_WORDS
from tiaoli.facts.vocabulary import (
    KINDS,
    UnknownKind,
    allocation,
    continuing_education,
    find,
    oversight,
    programme,
    programme_learning,
    programme_resources,
    radiation,
)

PLACED = tomllib.loads(Path(__file__).with_name("ledger_records.toml").read_text("utf-8"))
LEDGERS = {name: table for name, table in PLACED.items() if name != "attributes"}
NOT_FACTS = {
    "radiation-operator": dict(radiation.NOT_FACTS),
    "rrt-ce": dict(continuing_education.NOT_FACTS),
    "nm-program": dict(programme.NOT_FACTS),
}

each_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
CJK = re.compile(r"[\u4e00-\u9fff]")
ACRONYM = re.compile(r"[A-Z][A-Z0-9]{1,5}")


def assert_bilingual(label: Label) -> None:
    assert CJK.search(label.zh) or ACRONYM.fullmatch(label.zh), label
    assert label.en.strip(), label
    assert not CJK.search(label.en), label


@each_kind
def test_a_kind_is_labelled_in_both_languages(kind: Kind) -> None:
    assert_bilingual(kind.label)


@each_kind
def test_an_attribute_and_its_options_are_labelled_in_both_languages(kind: Kind) -> None:
    for attribute in kind.attributes.values():
        assert_bilingual(attribute.label)
        for option in attribute.options:
            assert_bilingual(option.label)


@each_kind
def test_options_are_distinct_to_a_reader_and_to_a_rule(kind: Kind) -> None:
    for attribute in kind.attributes.values():
        names = attribute.option_names
        labels = [option.label for option in attribute.options]
        assert len(set(names)) == len(names)
        assert len({label.zh for label in labels}) == len(labels)
        assert len({label.en for label in labels}) == len(labels)
        assert bool(names) == (attribute.type in (Type.CHOICE, Type.CHOICES))


@each_kind
def test_no_option_is_called_like_the_words_for_unknown_and_none(kind: Kind) -> None:
    for attribute in kind.attributes.values():
        assert not set(attribute.option_names) & {*UNKNOWN_WORDS, *NONE_WORDS}


@each_kind
def test_only_numbers_have_a_unit(kind: Kind) -> None:
    for attribute in kind.attributes.values():
        if attribute.type not in (Type.WHOLE, Type.NUMBER, Type.DURATION):
            assert attribute.unit is Unit.ONE


@each_kind
def test_names_are_snake_case_and_leave_the_common_keys_alone(kind: Kind) -> None:
    for name in (kind.name, *kind.attributes):
        assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name)
    assert not kind.attributes.keys() & {"id", "kind", "evidence", "note"}
    assert all(name == attribute.name for name, attribute in kind.attributes.items())


@each_kind
def test_a_record_begins_and_ends_on_a_day_of_its_own(kind: Kind) -> None:
    for name in (kind.happens, kind.ends):
        assert name is None or kind.attributes[name].type is Type.DAY
    assert kind.happens != kind.ends or kind.happens is None
    assert kind.effort is None or kind.effort > 0


@each_kind
def test_a_reference_points_to_a_kind_that_exists(kind: Kind) -> None:
    for attribute in kind.attributes.values():
        assert (attribute.refers_to is not None) == (attribute.type is Type.REFERENCE)
        assert attribute.refers_to in {None, "*", *KINDS}


@pytest.mark.parametrize("ledger", LEDGERS)
def test_every_ledger_record_is_a_kind_or_declared_not_to_be_a_fact(ledger: str) -> None:
    reasons = NOT_FACTS.get(ledger, {})
    for record, kinds in LEDGERS[ledger].items():
        if kinds:
            assert set(kinds) <= KINDS.keys(), record
            assert record not in reasons, record
        else:
            assert reasons.get(record), record


@pytest.mark.parametrize("ledger", NOT_FACTS)
def test_nothing_is_declared_not_to_be_a_fact_that_no_ledger_has(ledger: str) -> None:
    for declared, reason in NOT_FACTS[ledger].items():
        assert declared.split(":")[0] in LEDGERS[ledger]
        assert reason


def test_every_kind_of_the_later_chapters_is_told_by_some_ledger() -> None:
    told = {kind for table in LEDGERS.values() for kinds in table.values() for kind in kinds}
    for chapter in (
        *(radiation, continuing_education, oversight),
        *(programme, programme_learning, programme_resources, allocation),
    ):
        assert {kind.name for kind in chapter.KINDS} <= told


@pytest.mark.parametrize("name", PLACED["attributes"])
def test_every_enumeration_listed_apart_is_a_choice(name: str) -> None:
    for place in PLACED["attributes"][name]:
        kind, attribute = place.split(".")
        assert KINDS[kind].attributes[attribute].options


def test_the_cases_a_rule_is_asked_about_may_be_subjects() -> None:
    subjects = {kind.name for kind in KINDS.values() if kind.subject}
    assert subjects == {
        "allocation_round",
        "practitioner",
        "programme",
        "radiation_source",
        "organiser",
        "course_case",
    }


def test_leaving_out_an_end_or_a_revocation_says_that_there_is_none() -> None:
    for kind in KINDS.values():
        for name in {"revoked_date", "withdrawn_date", "destroyed_date"} & kind.attributes.keys():
            assert kind.attributes[name].absent is Absent.NONE


def test_an_unknown_kind_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownKind, match="passport_entry"):
        find("pasport_entry")
