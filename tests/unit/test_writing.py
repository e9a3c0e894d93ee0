"""A dossier written back is the same dossier, plain and exact, with one canonical text."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from wang_told import dossier_of, log_with

from tiaoli.facts import vocabulary
from tiaoli.facts.dossier import Dossier, Fact, Tier
from tiaoli.facts.kinds import NONE, Attribute, Kind, Type
from tiaoli.facts.reading import canonical, read_dossier, write_dossier
from tiaoli.facts.values import absent_value


def _texts() -> st.SearchStrategy[str]:
    words = st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=8)
    kept = words.map(str.strip).filter(bool)
    return kept.filter(lambda w: w.casefold() not in {"none", "無", "unknown", "不明", "未知"})


def _typed(attribute: Attribute) -> st.SearchStrategy[Any]:
    days = st.dates(date(1950, 1, 1), date(2100, 1, 1))
    decimals = st.decimals(0, 10**6, allow_nan=False, places=3)
    options = st.sampled_from(attribute.option_names or ("",))
    chosen = st.sets(options).map(lambda s: tuple(n for n in attribute.option_names if n in s))
    by_type: dict[Type, st.SearchStrategy[Any]] = {
        Type.TEXT: _texts(),
        Type.TEXTS: st.lists(_texts(), max_size=3).map(tuple),
        Type.WHOLE: st.integers(0, 10**6),
        Type.NUMBER: decimals.map(abs),
        Type.DURATION: st.integers(0, 10**5),
        Type.YES_NO: st.booleans(),
        Type.DAY: days,
        Type.MOMENT: st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)).map(_to_the_second),
        Type.CHOICE: options,
        Type.CHOICES: chosen,
        Type.REFERENCE: st.just("wang") if attribute.refers_to == "*" else st.just(NONE),
    }
    return by_type[attribute.type] | st.sampled_from([None, NONE])


def _to_the_second(moment_: datetime) -> datetime:
    return moment_.replace(microsecond=0)


@cache
def _values_of(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    attributes = vocabulary.find(kind).attributes
    return st.fixed_dictionaries({name: _typed(a) for name, a in attributes.items()})


def _ordered(kind: Kind, values: dict[str, Any]) -> dict[str, Any]:
    if kind.happens and kind.ends:
        start, end = values[kind.happens], values[kind.ends]
        if isinstance(start, date) and isinstance(end, date) and end < start:
            return {**values, kind.ends: start}
    return values


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    kind = draw(st.sampled_from([k for k in vocabulary.KINDS.values() if not k.subject]))
    values = draw(_values_of(kind.name))
    tier = draw(st.sampled_from(Tier))
    return Fact(draw(st.uuids()).hex, kind.name, _ordered(kind, values), tier)


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    values = draw(_values_of("practitioner"))
    subject = Fact("wang", "practitioner", values, draw(st.sampled_from(Tier)))
    listed = draw(st.lists(facts(), max_size=4, unique_by=lambda f: f.id))
    incomplete = draw(st.sets(st.sampled_from(sorted(vocabulary.KINDS)), max_size=2))
    return Dossier(subject, tuple(listed), frozenset(incomplete))


def contents(dossier: Dossier) -> list[Any]:
    everyone = (dossier.subject, *dossier.facts)
    told = [(f.id, f.kind, f.tier, dict(f.values)) for f in everyone]
    return [told, dossier.incomplete]


class TestADossierWrittenBack:
    @given(dossiers())
    def test_reads_as_the_same_dossier(self, dossier: Dossier) -> None:
        assert contents(read_dossier(write_dossier(dossier))) == contents(dossier)

    @given(dossiers(), st.randoms(use_true_random=False))
    def test_has_one_canonical_text_in_any_order(self, dossier: Dossier, random: Any) -> None:
        shuffled = random.sample(dossier.facts, len(dossier.facts))
        other = Dossier(dossier.subject, tuple(shuffled), dossier.incomplete)
        assert canonical(other) == canonical(dossier)

    def test_says_unknown_and_none_only_where_leaving_out_would_not(self) -> None:
        dossier = dossier_of({"kind": "licence", "valid_to": "不明", "issue_date": "無"})
        assert write_dossier(dossier)["facts"] == [
            {
                "id": "licence-1",
                "kind": "licence",
                "evidence": "claimed",
                "issue_date": "none",
                "valid_to": None,
            }
        ]

    def test_is_plain_and_exact(self) -> None:
        dossier = dossier_of(
            {"kind": "training", "hours": 3.5, "end_date": "115/06/30", "topics": "影像品質"},
            {"kind": "training", "hours": "50 分"},
            {"kind": "credit_entry", "points": "2.50"},
        )
        first, second, third = write_dossier(dossier)["facts"]
        assert (first["hours"], first["end_date"]) == ("3.5", "2026-06-30")
        assert first["topics"] == ["image_quality"]
        assert (second["hours"], third["points"]) == ("50 min", "2.5")

    def test_has_one_canonical_text_for_numbers_that_are_equal(self) -> None:
        one, other = ({"kind": "credit_entry", "points": p} for p in ("2.50", 2.5))
        assert canonical(dossier_of(one)) == canonical(dossier_of(other))

    def test_forgets_tables_but_not_their_records(self) -> None:
        dossier = log_with(("115/06/30", "PTGBD", "主治術者"))
        assert contents(read_dossier(write_dossier(dossier))) == contents(dossier)

    def test_leaves_absent_values_of_every_kind_absent(self) -> None:
        for kind in vocabulary.KINDS.values():
            fact = dossier_of({"kind": kind.name}).facts[0]
            absent = {name: absent_value(a) for name, a in kind.attributes.items()}
            assert fact.values == absent
