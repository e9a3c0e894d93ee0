"""Columns of numbers say what the dossiers say, in the order in which answers break ties."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies.dossiers import KINDS, dossiers
from told_back import alone, dossier_at, dossier_read, fact, named, worked

from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import NONE, Type
from tiaoli.facts.vocabulary import find
from tiaoli.population.invented import RECIPES, people
from tiaoli.population.tables import Columns, from_dossiers, none_of, unknown_of
from tiaoli.regulations import catalogue

TOLD = ("practitioner", *KINDS, "judgement")


def several(found: list[Dossier]) -> list[Dossier]:
    return [named(dossier, f"p{n}") for n, dossier in enumerate(found)]


def says_the_same(columns: Columns, expected: list[Dossier], kinds: tuple[str, ...]) -> None:
    assert columns.subjects.to_pylist() == sorted(d.subject.id for d in expected)
    for n, dossier in enumerate(sorted(expected, key=lambda d: d.subject.id)):
        assert dossier_at(columns, kinds, n) == dossier_read(dossier, kinds)
        marked = {kind for kind in kinds if columns.incomplete(kind)[n]}
        assert marked == dossier.incomplete & set(kinds)


@given(st.lists(dossiers, min_size=1, max_size=4))
def test_numbers_say_what_dossiers_say(found: list[Dossier]) -> None:
    expected = several(found)
    says_the_same(Columns(from_dossiers(expected)), expected, TOLD)


@pytest.mark.parametrize("regulation_id", catalogue.ids())
def test_numbers_say_what_worked_cases_say(regulation_id: str) -> None:
    kind = worked(regulation_id)[0].subject.kind
    expected = [d for d in worked(regulation_id) if d.subject.kind == kind][:40]
    told = tuple(dict.fromkeys(f.kind for d in expected for f in (d.subject, *d.facts)))
    says_the_same(Columns(from_dossiers(expected)), expected, told)


@pytest.mark.parametrize("recipe", RECIPES)
def test_numbers_say_what_the_invented_say(recipe: str) -> None:
    facts = people(recipe, 12, 9, datetime.date(2026, 6, 30))
    says_the_same(Columns(facts), list(facts.to_dossiers()), facts.kinds())


@given(st.lists(dossiers, min_size=1, max_size=4))
def test_a_reference_leads_to_the_row_of_the_record_that_it_names(found: list[Dossier]) -> None:
    expected = several(found)
    columns = Columns(from_dossiers(expected))
    for kind, name, to in (
        ("qualification", "notice", "facility_notice"),
        ("qualification", "notice", "training"),
        ("judgement", "about", "training"),
    ):
        rows = columns.references(kind, name, to)
        for n, dossier in enumerate(expected):
            first = int(columns.offsets(kind)[n])
            for place, one in enumerate(sorted(dossier.of(kind), key=lambda f: f.id)):
                meant = dossier.find(one.values[name]) if one.values[name] else None
                ids = sorted(f.id for f in dossier.of(to))
                there = meant is not None and meant.kind == to
                wanted = columns.offsets(to)[n] + ids.index(meant.id) if there else -1
                assert rows[first + place] == wanted


def test_a_reference_finds_only_what_the_same_subject_has() -> None:
    def someone(who: str, *, has: str, names: Any) -> Dossier:
        return alone(fact("operation", "o", source=names), fact("radiation_source", has), who=who)

    columns = Columns(
        from_dossiers(
            [
                someone("a", has="x", names="x"),
                someone("b", has="x", names="y"),
                someone("c", has="y", names="x"),
                someone("d", has="y", names=None),
                someone("e", has="y", names="y"),
                someone("f", has="z", names="f"),
                someone("g", has="z", names=NONE),
            ]
        )
    )
    rows = columns.references("operation", "source", "radiation_source")
    assert rows.tolist() == [0, -1, -1, -1, 4, -1, -1]
    assert rows.dtype == np.int32


def test_a_reference_to_the_subject_finds_it_where_it_is_of_that_kind() -> None:
    source = fact("radiation_source", "s")
    columns = Columns(from_dossiers([Dossier(source, (fact("operation", "o", source="s"),))]))
    assert columns.references("operation", "source", "radiation_source").tolist() == [0]


def test_each_type_has_its_numbers() -> None:
    training = fact(
        "training",
        "t",
        hours=90,
        end_date=datetime.date(2024, 2, 29),
        topics=find("training").attributes["topics"].option_names[1:3],
    )
    entry = fact("credit_entry", "e", points=1, passed=True, mode=NONE, source_id="甲")
    session = fact("course_session", "s", start=datetime.datetime(2024, 2, 29, 9, 30, 1))
    columns = Columns(from_dossiers([alone(training, entry, session)]))

    def number(kind: str, name: str) -> tuple[int, Any]:
        (one,) = columns.values(kind, name)
        return int(one), one.dtype

    assert number("training", "hours") == (90, np.int64)
    assert number("training", "end_date") == (datetime.date(2024, 2, 29).toordinal(), np.int32)
    assert number("training", "topics") == (0b110, np.int64)
    assert number("credit_entry", "points") == (1_000_000, np.int64)
    assert number("credit_entry", "passed") == (1, np.int8)
    assert number("credit_entry", "mode") == (-32767, np.int16)
    assert number("credit_entry", "role") == (-32768, np.int16)
    assert number("credit_entry", "source_id") == (columns.codes["甲"], np.int32)
    moment = datetime.datetime(2024, 2, 29, 9, 30, 1) - datetime.datetime(1, 1, 1)
    assert number("course_session", "start") == (int(moment.total_seconds()), np.int64)
    assert number("training", "expiry_date") == (none_of(Type.DAY), np.int32)


def test_equal_texts_have_equal_codes_over_the_whole_population() -> None:
    found = [
        alone(fact("membership", "m", society=society), fact("document", "d", supports=ref), who=w)
        for w, society, ref in (("a", "學會", "m"), ("b", "m", "學會"), ("c", None, NONE))
    ]
    columns = Columns(from_dossiers(found))
    early = columns.code("m")
    societies = columns.values("membership", "society").tolist()
    supports = columns.values("document", "supports").tolist()
    assert societies == [columns.codes["學會"], early, unknown_of(Type.TEXT)]
    assert supports == [early, columns.codes["學會"], none_of(Type.TEXT)]
    assert [columns.text_of(code) for code in societies[:2]] == ["學會", "m"]
    assert sorted(columns.codes) == ["m", "學會"]
    assert "nobody" not in columns.codes


def test_rows_are_in_order_of_id_as_texts_are_sorted() -> None:
    ids = ["9", "10", "１", "a", "B", "é", "乙"]
    found = [alone(*(fact("document", one) for one in ids), who=who) for who in ("2號", "10號")]
    columns = Columns(from_dossiers(found))
    assert columns.subjects.to_pylist() == ["10號", "2號"]
    assert columns.ids("document").to_pylist() == sorted(ids) * 2
    assert columns.offsets("document").tolist() == [0, 7, 14]
    assert columns.owners("document").tolist() == [0] * 7 + [1] * 7


def test_who_has_no_record_has_no_rows() -> None:
    found = [alone(who="a"), alone(fact("document", "d"), who="b"), alone(who="c")]
    columns = Columns(from_dossiers(found))
    assert columns.offsets("document").tolist() == [0, 0, 1, 1]
    assert columns.offsets("training").tolist() == [0, 0, 0, 0]
    assert columns.values("training", "hours").tolist() == []
    assert columns.references("document", "supports", "training").tolist() == [-1]


def test_of_nobody_there_are_no_rows() -> None:
    columns = Columns(from_dossiers([]))
    assert (len(columns), columns.offsets("practitioner").tolist()) == (0, [0])
    assert columns.values("practitioner", "name").tolist() == []
    assert columns.incomplete("training").tolist() == []
    assert columns.values("clinical_service", "duty_items").offsets.tolist() == [0]


def test_a_part_is_a_view_in_which_rows_keep_their_numbers() -> None:
    days = [datetime.date(2020, 1, n) for n in (1, 2, 3, 4)]
    found = [
        Dossier(
            fact("practitioner", who),
            tuple(fact("level_award", f"l{n}", approval_date=day) for n, day in enumerate(of)),
            frozenset({"level_award"} if who == "c" else ()),
        )
        for who, of in (("a", days[:1]), ("b", days[1:3]), ("c", []), ("d", days[3:]))
    ]
    whole = Columns(from_dossiers(found))
    part = whole.part(1, 3)
    assert (len(part), part.subjects.to_pylist()) == (2, ["b", "c"])
    assert part.offsets("level_award").tolist() == [1, 3, 3]
    assert part.values("level_award", "approval_date") is whole.values(
        "level_award", "approval_date"
    )
    assert np.shares_memory(part.offsets("level_award"), whole.offsets("level_award"))
    assert part.incomplete("level_award").tolist() == [0, 1]
    of = ("level_award", "approval_date")
    assert part.day_range(*of) == (days[1].toordinal(), days[2].toordinal())
    assert whole.day_range(*of) == (days[0].toordinal(), days[3].toordinal())
    assert part.part(1, 2).subjects.to_pylist() == ["c"]
    assert part.part(1, 2).day_range(*of) is None
    with pytest.raises(IndexError):
        part.part(0, 3)


def test_only_what_is_asked_for_is_built() -> None:
    columns = Columns(from_dossiers([alone(fact("document", "d")), alone(who="b")]))
    before = columns.memory()
    columns.values("document", "type")
    once = columns.memory()
    columns.values("document", "type")
    assert before < once == columns.memory()


def test_only_days_have_a_range_of_days() -> None:
    with pytest.raises(TypeError, match=r"training\.hours"):
        Columns(from_dossiers([])).day_range("training", "hours")
