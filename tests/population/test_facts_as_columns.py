"""Facts go into columns and come back, whatever they say, and wherever they are kept."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies.dossiers import dossiers
from told_back import alone, fact, named, plain, worked

from tiaoli.facts.dossier import Dossier, Fact, Tier
from tiaoli.facts.kinds import NONE, Type
from tiaoli.facts.reading import read_dossier
from tiaoli.facts.vocabulary import KINDS, find
from tiaoli.intake import load as load_dossier
from tiaoli.population.tables import (
    Facts,
    FactsError,
    NoSuchSubject,
    arrow_type,
    from_dossiers,
    load,
    mark_of,
    save,
    schema,
)
from tiaoli.regulations import catalogue

EXAMPLES = Path(__file__).parents[2] / "examples"


def told(*facts: dict[str, Any], who: str = "甲", incomplete: tuple[str, ...] = ()) -> Dossier:
    return read_dossier(
        {"subject": {"id": who}, "facts": list(facts), "incomplete": list(incomplete)}
    )


def by_kind_of_subject(found: list[Dossier]) -> list[list[Dossier]]:
    kinds = dict.fromkeys(dossier.subject.kind for dossier in found)
    return [[d for d in found if d.subject.kind == kind] for kind in kinds]


def come_back(facts: Facts, expected: list[Dossier]) -> None:
    back = [plain(dossier) for dossier in facts.to_dossiers()]
    assert back == [plain(d) for d in sorted(expected, key=lambda d: d.subject.id)]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_an_example_comes_back(path: Path) -> None:
    dossier = load_dossier(path)
    facts = from_dossiers([dossier])
    assert plain(facts.dossier(dossier.subject.id)) == plain(dossier)


@pytest.mark.parametrize("form", ["parquet", "csv"])
@pytest.mark.parametrize("regulation_id", catalogue.ids())
def test_worked_cases_come_back_from_a_folder(
    regulation_id: str, form: Any, tmp_path: Path
) -> None:
    for n, found in enumerate(by_kind_of_subject(worked(regulation_id))):
        save(from_dossiers(found), tmp_path / str(n), form=form)
        come_back(load(tmp_path / str(n)), found)


@given(st.lists(dossiers, min_size=1, max_size=4))
def test_whatever_a_dossier_says_comes_back(found: list[Dossier]) -> None:
    several = [named(dossier, f"p{n}") for n, dossier in enumerate(found)]
    come_back(from_dossiers(several), several)


def test_facts_come_back_in_order_of_id_as_texts_are_sorted() -> None:
    ids = ("9", "10", "乙-2", "a", "B", "𠮷", "ﾊ")
    dossier = alone(*(fact("document", fact_id) for fact_id in ids))
    facts = from_dossiers([named(dossier, f"{who}號") for who in ids])
    assert [d.subject.id for d in facts.to_dossiers()] == sorted(f"{who}號" for who in ids)
    back = facts.dossier("10號")
    assert [f.id for f in back.facts] == sorted(ids)


def test_every_value_of_every_type_comes_back_and_so_does_its_absence() -> None:
    given_values = {
        Type.TEXT: ["王小明", "第一行\n第二行", 'a;b,"c"', "無", "none", "[]"],
        Type.TEXTS: [(), ("甲",), ("甲", "乙", "甲")],
        Type.WHOLE: [0, 10**12 - 1],
        Type.NUMBER: [Decimal(0), Decimal("0.000001"), Decimal("999999999999.999999")],
        Type.DURATION: [0, 90],
        Type.YES_NO: [True, False],
        Type.DAY: [
            datetime.date(1900, 1, 1),
            datetime.date(2024, 2, 29),
            datetime.date(2199, 12, 31),
        ],
        Type.MOMENT: [
            datetime.datetime(1900, 1, 1),
            datetime.datetime(2024, 2, 29, 23, 59, 59),
            datetime.datetime(2199, 12, 31, 23, 59, 59),
        ],
        Type.REFERENCE: ["甲", "nobody"],
    }
    facts = []
    for kind in KINDS.values():
        for attribute in kind.attributes.values():
            if attribute.name in (kind.happens, kind.ends):
                continue
            options = attribute.option_names
            values = given_values.get(attribute.type) or [
                *(options if attribute.type is Type.CHOICE else [(), options[:1], options])
            ]
            facts += [
                fact(kind.name, f"{kind.name} {attribute.name} {n}", **{attribute.name: value})
                for n, value in enumerate([*values, None, NONE])
            ]
    dossier = alone(*facts)
    come_back(from_dossiers([dossier]), [dossier])


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_evidence_place_and_incompleteness_come_back(form: Any, tmp_path: Path) -> None:
    own = fact("practitioner", "乙")
    lecture = fact("lecture", "talk", place="台北")
    facts = (
        Fact("talk", "lecture", lecture.values, Tier.VERIFIED, "table 3 · row 7"),
        fact("training", "t"),
    )
    second = Dossier(own, facts, frozenset({"training", "licence"}))
    both = [told(who="甲"), second]
    save(from_dossiers(both), tmp_path / "to", form=form)
    come_back(load(tmp_path / "to"), both)


def test_a_record_of_the_same_kind_as_the_subject_is_no_subject(tmp_path: Path) -> None:
    def source(fact_id: str) -> Fact:
        return fact("radiation_source", fact_id)

    found = [Dossier(source("大"), (source("小"),), frozenset({"licence"}))]
    facts = from_dossiers(found)
    assert (facts.size, facts.total) == (1, 1)
    save(facts, tmp_path / "to")
    come_back(load(tmp_path / "to"), found)


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_nobody_at_all_is_a_population_too(form: Any, tmp_path: Path) -> None:
    facts = from_dossiers([])
    save(facts, tmp_path / "to", form=form)
    again = load(tmp_path / "to")
    assert (again.subject_kind, again.size, list(again.to_dossiers())) == ("practitioner", 0, [])


def test_a_column_that_is_not_there_says_what_leaving_it_out_says() -> None:
    facts = from_dossiers([alone(fact("membership", "m"))])
    assert facts.records["membership"].column_names == ["subject", "id"]
    (back,) = facts.dossier("甲").facts
    assert (back.values["from_date"], back.values["to_date"]) == (None, NONE)


def test_asking_for_somebody_unknown_names_the_nearest() -> None:
    facts = from_dossiers([told(who="wang")])
    with pytest.raises(NoSuchSubject, match="Did you mean wang"):
        facts.dossier("wan")


def test_the_schema_has_a_column_for_every_attribute_and_one_for_its_other_absence() -> None:
    for kind in KINDS.values():
        columns = schema(kind)
        assert len(set(columns.names)) == len(columns.names)
        for attribute in kind.attributes.values():
            assert columns.field(attribute.name).type == arrow_type(attribute)
            assert columns.field(mark_of(attribute)).type == pa.bool_()
    assert schema(find("lecture")).names[-2:] == ["tier", "place__record"]


@pytest.mark.parametrize(
    ("kind", "attribute", "value", "says"),
    [
        ("training", "hours", 10**12, "A column holds amounts below 1,000,000,000,000"),
        ("credit_entry", "points", Decimal("0.0000001"), "A column holds 6 decimal places"),
        ("credit_entry", "points", Decimal(10**12), "A column holds amounts below"),
        (
            "level_award",
            "approval_date",
            datetime.date(1899, 12, 31),
            "days from 1900-01-01 to 2199-12-31",
        ),
        ("level_award", "approval_date", datetime.date(2200, 1, 1), "Check the year"),
        (
            "course_session",
            "start",
            datetime.datetime(2026, 1, 1, 9, 0, 0, 5),
            "A column holds moments to the second",
        ),
    ],
)
def test_what_a_column_cannot_hold_is_told(
    kind: str, attribute: str, value: Any, says: str
) -> None:
    with pytest.raises(FactsError, match=says) as raised:
        from_dossiers([alone(fact(kind, "x", **{attribute: value}))])
    (problem,) = raised.value.problems
    assert problem.place == f"甲 · x · {attribute}"


def test_subjects_of_two_kinds_are_no_population() -> None:
    programme = Dossier(fact("programme", "核醫"), ())
    with pytest.raises(FactsError, match=r"practitioner.*甲.*programme.*核醫"):
        from_dossiers([told(), programme])


def test_two_dossiers_of_one_subject_are_told() -> None:
    with pytest.raises(FactsError, match='Two dossiers have a subject with the id "甲"'):
        from_dossiers([told(), told()])
