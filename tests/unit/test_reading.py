"""What a person wrote becomes a checked dossier, or a list of everything that is wrong with it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiaoli.facts import vocabulary
from tiaoli.facts.dossier import Dossier, Fact, Tier
from tiaoli.facts.kinds import NONE, Attribute, Kind, Type, choice, moment
from tiaoli.facts.problems import Unreadable
from tiaoli.facts.reading import (
    DossierError,
    Problem,
    TableRows,
    canonical,
    read_dossier,
    write_dossier,
)
from tiaoli.facts.values import absent_value, read_value

WANG = {"id": "wang", "name": "王小明", "date_of_birth": "075/03/02"}


def dossier_of(*facts: dict[str, Any], **more: Any) -> Dossier:
    return read_dossier({"subject": WANG, "facts": list(facts), **more})


def problems_of(*facts: Any, **more: Any) -> tuple[Problem, ...]:
    with pytest.raises(DossierError) as raised:
        read_dossier({"subject": WANG, "facts": list(facts), **more})
    return raised.value.problems


def places_of(*facts: Any, **more: Any) -> list[str]:
    return [problem.place for problem in problems_of(*facts, **more)]


def value_of(kind: str, attribute: str, raw: object) -> Any:
    return read_value(vocabulary.KINDS[kind].attributes[attribute], raw)


class TestARecord:
    def test_holds_every_attribute_of_its_kind(self) -> None:
        licence = dossier_of(
            {"kind": "licence", "profession": "radiographer", "issue_date": "2015-08-01"}
        ).facts[0]
        given_values = {name: v for name, v in licence.values.items() if v not in (None, NONE)}
        assert list(licence.values) == list(vocabulary.KINDS["licence"].attributes)
        assert given_values == {"profession": "radiographer", "issue_date": date(2015, 8, 1)}

    def test_without_an_id_is_numbered_within_its_kind(self) -> None:
        ids = [
            f.id for f in dossier_of({"kind": "patent"}, {"kind": "talk"}, {"kind": "patent"}).facts
        ]
        assert ids == ["patent-1", "talk-1", "patent-2"]

    def test_is_never_numbered_with_an_id_that_somebody_chose(self) -> None:
        facts = dossier_of({"kind": "talk"}, {"id": "talk-1", "kind": "talk"}).facts
        assert [fact.id for fact in facts] == ["talk-2", "talk-1"]

    def test_is_claimed_until_evidence_is_given(self) -> None:
        facts = dossier_of(
            {"kind": "talk"},
            {"kind": "talk", "evidence": "documented"},
            {"kind": "talk", "evidence": "已向來源查證"},
        ).facts
        assert [fact.tier for fact in facts] == [Tier.CLAIMED, Tier.DOCUMENTED, Tier.VERIFIED]

    def test_may_carry_a_note(self) -> None:
        assert dossier_of({"kind": "talk", "note": "再確認題目"}).facts[0].id == "talk-1"

    def test_takes_a_number_as_its_id(self) -> None:
        assert dossier_of({"id": 17, "kind": "talk"}).facts[0].id == "17"

    def test_knows_where_it_was_written(self) -> None:
        assert dossier_of({"id": "t", "kind": "talk"}).facts[0].place == "facts[1] (id t)"


class TestTheSubject:
    def test_is_a_practitioner_unless_said_otherwise(self) -> None:
        subject = dossier_of().subject
        assert (subject.id, subject.kind) == ("wang", "practitioner")
        assert subject.values["date_of_birth"] == date(1986, 3, 2)

    def test_must_be_given(self) -> None:
        with pytest.raises(DossierError) as raised:
            read_dossier({"facts": []})
        assert [p.place for p in raised.value.problems] == ["subject"]

    def test_must_be_of_a_kind_that_a_dossier_can_be_about(self) -> None:
        with pytest.raises(DossierError) as raised:
            read_dossier({"subject": {"id": "x", "kind": "talk"}})
        assert [p.place for p in raised.value.problems] == ["subject (id x) · kind"]

    def test_shares_its_id_with_no_record(self) -> None:
        assert places_of({"id": "wang", "kind": "talk"}) == ["facts[1] (id wang)"]


class TestWhatIsNotSaid:
    def test_is_unknown_or_none_as_the_attribute_declares(self) -> None:
        values = dossier_of({"kind": "licence"}).facts[0].values
        assert (values["issue_date"], values["valid_to"]) == (None, NONE)

    @pytest.mark.parametrize("word", ["unknown", "Unknown", "不明", "未知", None])
    def test_is_unknown_where_somebody_says_so(self, word: str | None) -> None:
        assert value_of("licence", "valid_to", word) is None

    @pytest.mark.parametrize("word", ["none", "None", "無", " 無 "])
    def test_is_none_where_somebody_says_so(self, word: str) -> None:
        assert value_of("licence", "issue_date", word) is NONE

    @pytest.mark.parametrize("blank", ["", "  ", "\u3000"])
    def test_is_absent_in_an_empty_text(self, blank: str) -> None:
        assert value_of("licence", "valid_to", blank) is NONE

    def test_is_an_option_where_an_option_has_that_name(self) -> None:
        side = choice("側", "Side", none=("兩側皆無", "neither"), left=("左", "left"))
        assert read_value(side, "none") == "none"


class TestAValue:
    @pytest.mark.parametrize(
        "written", ["first", "First", "ｆｉｒｓｔ", "第一作者", "FIRST AUTHOR"]
    )
    def test_of_a_choice_is_named_or_labelled(self, written: str) -> None:
        assert value_of("publication", "author_role", written) == "first"

    def test_of_a_choice_may_be_a_number_that_names_an_option(self) -> None:
        assert value_of("talk", "domain", 3) == "3"

    @pytest.mark.parametrize("written", [["technique", "影像品質"], "影像品質、technique"])
    def test_of_choices_keeps_the_declared_order(self, written: object) -> None:
        assert value_of("training", "topics", written) == ("technique", "image_quality")

    def test_of_texts_is_parted_only_where_it_is_one_text(self) -> None:
        assert value_of("institution_duty_list", "items", "CT、MRI") == ("CT", "MRI")
        assert value_of("institution_duty_list", "items", ["CT、MRI"]) == ("CT、MRI",)

    @pytest.mark.parametrize(
        ("written", "minutes"),
        [
            (3, 180),
            (3.5, 210),
            (Decimal("0.1"), 6),
            ("3.5", 210),
            ("50 min", 50),
            ("50分", 50),
            ("５０ 分鐘", 50),
            ("3.5 h", 210),
            ("3.5小時", 210),
            ("1 小時 30 分", 90),
            ("3:30", 210),
            (time(3, 30), 210),
            (timedelta(hours=30), 1800),
        ],
    )
    def test_of_a_duration_is_whole_minutes(self, written: object, minutes: int) -> None:
        assert value_of("training", "hours", written) == minutes

    @pytest.mark.parametrize("written", [0.333, "0.5 min", "-1 h", -1, True, "3:75", "三小時", []])
    def test_of_a_duration_is_never_rounded_or_negative(self, written: object) -> None:
        with pytest.raises(Unreadable):
            value_of("training", "hours", written)

    @pytest.mark.parametrize(
        ("written", "number"),
        [(0.1, "0.1"), (3, "3"), ("１２.5", "12.5"), (Decimal("2.50"), "2.50")],
    )
    def test_of_a_number_is_exact(self, written: object, number: str) -> None:
        assert str(value_of("credit_entry", "points", written)) == number

    @pytest.mark.parametrize(
        "written", [float("nan"), float("inf"), -1, "-0.5", True, "1,000", "1e9", Decimal("1e99")]
    )
    def test_of_a_number_is_finite_and_not_negative(self, written: object) -> None:
        with pytest.raises(Unreadable):
            value_of("credit_entry", "points", written)

    @pytest.mark.parametrize("written", [1.0, "1.5", -1, True, "two", date(2026, 1, 1)])
    def test_of_a_whole_number_has_no_fraction(self, written: object) -> None:
        with pytest.raises(Unreadable):
            value_of("certificate", "copies", written)

    @pytest.mark.parametrize("written", [True, "true", "yes", "Y", "是"])
    def test_of_a_yes_or_no_may_be_yes(self, written: object) -> None:
        assert value_of("talk", "invited", written) is True

    @pytest.mark.parametrize("written", [False, "False", "no", "n", "否"])
    def test_of_a_yes_or_no_may_be_no(self, written: object) -> None:
        assert value_of("talk", "invited", written) is False

    @pytest.mark.parametrize("written", [1, 0, "maybe"])
    def test_of_a_yes_or_no_is_nothing_else(self, written: object) -> None:
        with pytest.raises(Unreadable):
            value_of("talk", "invited", written)

    @pytest.mark.parametrize(
        "written",
        ["2026-06-30", "115/06/30", "１１５/０６/３０", "1150630", 1150630, date(2026, 6, 30)],
    )
    def test_of_a_day_is_that_day(self, written: object) -> None:
        assert value_of("talk", "date", written) == date(2026, 6, 30)

    @pytest.mark.parametrize("written", ["2026-06-30 09:05", "115/06/30 9:05", "2026-06-30T09:05"])
    def test_of_a_moment_is_a_day_and_a_time(self, written: str) -> None:
        assert read_value(moment("時刻", "Time"), written) == datetime(2026, 6, 30, 9, 5)

    @pytest.mark.parametrize("written", ["2026-06-30", "2026-06-30 25:00", 9])
    def test_of_a_moment_is_nothing_less(self, written: object) -> None:
        with pytest.raises(Unreadable):
            read_value(moment("時刻", "Time"), written)

    def test_of_a_text_is_stripped_but_its_letters_are_kept(self) -> None:
        assert value_of("talk", "topic", "  ＴＡＣＥ 經驗 ") == "ＴＡＣＥ 經驗"

    @pytest.mark.parametrize("written", [True, 1.5, date(2026, 1, 1), "a\x00b", "\ud800", {}])
    def test_of_a_text_is_a_text_that_can_be_shown(self, written: object) -> None:
        with pytest.raises(Unreadable):
            value_of("talk", "topic", written)


class TestAMistake:
    def test_in_an_option_names_the_nearest(self) -> None:
        (problem,) = problems_of({"id": "pub-1", "kind": "publication", "author_role": "frist"})
        assert problem.place == "facts[1] (id pub-1) · author_role"
        assert (
            problem.says.en
            == '"Author role" has no option "frist". Did you mean first or co_first?'
        )
        assert (
            problem.says.zh == "「作者身分」沒有「frist」這個選項。您要的是不是：first、co_first？"
        )

    def test_in_a_kind_names_the_nearest(self) -> None:
        (problem,) = problems_of({"kind": "licens"})
        assert problem.place == "facts[1] (licens) · kind"
        assert problem.says.en == 'There is no kind of record "licens". Did you mean licence?'

    def test_in_an_attribute_names_the_nearest(self) -> None:
        (problem,) = problems_of({"id": "t", "kind": "talk", "interventional_meting": True})
        assert problem.place == "facts[1] (id t) · interventional_meting"
        assert (
            problem.says.en
            == 'There is no field "interventional_meting". Did you mean interventional_meeting?'
        )

    def test_in_a_part_of_the_dossier_names_the_nearest(self) -> None:
        (problem,) = problems_of(fatcs=[])
        assert problem.place == "dossier · fatcs"
        assert problem.says.en == 'There is no field "fatcs". Did you mean facts?'

    def test_in_evidence_names_what_may_be_written(self) -> None:
        (problem,) = problems_of({"kind": "talk", "evidence": "sworn"})
        assert problem.says.en == (
            'There is no degree of evidence "sworn". Valid names: claimed, documented, verified.'
        )

    def test_in_an_incomplete_kind_is_found(self) -> None:
        assert places_of(incomplete=["publicaton"]) == ["incomplete[1]"]

    def test_of_a_day_that_does_not_exist_is_found(self) -> None:
        (problem,) = problems_of({"id": "t", "kind": "talk", "date": "2026-02-29"})
        assert problem.place == "facts[1] (id t) · date"

    def test_of_a_period_that_ends_before_it_starts_is_found(self) -> None:
        (problem,) = problems_of(
            {
                "id": "s",
                "kind": "clinical_service",
                "start_date": "2020-02-01",
                "end_date": "2020-01-31",
            }
        )
        assert problem.place == "facts[1] (id s) · end_date"
        assert problem.says.en == '"End" 2020-01-31 is before "Start" 2020-02-01. Check both days.'

    def test_of_a_period_of_one_day_is_none(self) -> None:
        day = "2020-02-01"
        assert dossier_of({"kind": "clinical_service", "start_date": day, "end_date": day}).facts

    def test_of_two_records_with_one_id_names_the_first(self) -> None:
        (problem,) = problems_of({"id": "a", "kind": "talk"}, {"id": "a", "kind": "patent"})
        assert problem.place == "facts[2] (id a)"
        assert problem.says.en == ('The id "a" is already used at facts[1] (id a). Choose another.')

    def test_in_a_reference_is_found(self) -> None:
        (problem,) = problems_of(
            {"id": "t-1", "kind": "talk"}, {"id": "d", "kind": "document", "supports": "t-2"}
        )
        assert problem.place == "facts[2] (id d) · supports"
        assert problem.says.en == ('The dossier has no record with the id "t-2". Did you mean t-1?')

    def test_in_the_kind_that_a_reference_leads_to_is_found(self) -> None:
        assert places_of(
            {"id": "t", "kind": "talk"}, {"id": "o", "kind": "observation", "request": "t"}
        ) == ["facts[2] (id o) · request"]

    def test_in_a_record_does_not_make_references_to_it_wrong(self) -> None:
        assert places_of(
            {"id": "t", "kind": "talk", "date": "soon"},
            {"id": "d", "kind": "document", "supports": "t"},
        ) == ["facts[1] (id t) · date"]

    @pytest.mark.parametrize("item", ["talk", 3, None, ["kind"]])
    def test_of_something_that_is_no_record_is_found(self, item: object) -> None:
        assert places_of(item) == ["facts[1]"]

    @pytest.mark.parametrize("data", [None, [], "dossier", 3])
    def test_of_something_that_is_no_dossier_is_found(self, data: object) -> None:
        with pytest.raises(DossierError) as raised:
            read_dossier(data)
        assert [p.place for p in raised.value.problems] == ["dossier"]

    def test_is_told_together_with_all_the_others(self) -> None:
        assert places_of(
            {"id": "a", "kind": "talk", "date": "2026-13-01", "role": "speaker", "invited": 1},
            {"id": "a", "kind": "patent"},
            {"kind": "tlak"},
            wrong=1,
        ) == [
            "dossier · wrong",
            "facts[1] (id a) · role",
            "facts[1] (id a) · invited",
            "facts[1] (id a) · date",
            "facts[3] (tlak) · kind",
            "facts[2] (id a)",
        ]

    def test_is_printed_in_both_languages(self) -> None:
        with pytest.raises(DossierError) as raised:
            read_dossier({"subject": WANG, "facts": [{"kind": "tlak"}]})
        assert str(raised.value).splitlines() == [
            "卷宗有 1 處要修正。 / The dossier needs 1 correction(s).",
            "1. facts[1] (tlak) · kind",
            "    沒有「tlak」這個紀錄種類。您要的是不是：talk？",
            '    There is no kind of record "tlak". Did you mean talk?',
        ]

    def test_is_kept_but_no_longer_printed_after_fifty(self) -> None:
        with pytest.raises(DossierError) as raised:
            read_dossier({"subject": WANG, "facts": [{"kind": "tlak"}] * 60})
        assert len(raised.value.problems) == 60
        assert str(raised.value).splitlines()[-1] == "……另有 10 處。 / … and 10 more."


LOG = {
    "file": "log.csv",
    "kind": "case_log",
    "evidence": "documented",
    "columns": {"procedure_date": "治療日期", "procedure": "術式", "operator_role": "術者"},
    "values": {"procedure": {"PTGBD": "drainage"}},
    "constants": {"institution": "甲醫院"},
}
HEADER = ("治療日期", "術式", "術者")


def log_with(*rows: tuple[object, ...], **changes: Any) -> Dossier:
    table = TableRows("log.csv", HEADER, list(enumerate(rows, 2)))
    return read_dossier({"subject": WANG, "tables": [{**LOG, **changes}]}, rows=[table])


def problems_of_log(*rows: tuple[object, ...], **changes: Any) -> tuple[Problem, ...]:
    with pytest.raises(DossierError) as raised:
        log_with(*rows, **changes)
    return raised.value.problems


class TestARowOfATable:
    def test_is_a_record(self) -> None:
        fact = log_with(("115/06/30", "PTGBD", "主治術者")).facts[0]
        given_values = {name: v for name, v in fact.values.items() if v not in (None, NONE)}
        assert (fact.id, fact.tier, fact.place) == ("log:2", Tier.DOCUMENTED, "log.csv row 2")
        assert given_values == {
            "procedure_date": date(2026, 6, 30),
            "institution": "甲醫院",
            "procedure": "drainage",
            "operator_role": "primary",
        }

    def test_says_nothing_in_a_cell_that_is_empty_or_missing(self) -> None:
        first, second = log_with(("1150630", "", None), ("1150630",)).facts
        assert first.values == second.values

    def test_is_named_by_file_row_and_column_where_it_is_wrong(self) -> None:
        problems = problems_of_log(
            ("2026-02-30", "PTGBD", "primary"), ("2026-02-28", "cryoablatoin", "主治")
        )
        assert [p.place for p in problems] == [
            "log.csv row 2 · 治療日期",
            "log.csv row 3 · 術式",
            "log.csv row 3 · 術者",
        ]
        assert (
            problems[1].says.en
            == '"Procedure" has no option "cryoablatoin". Did you mean cryoablation?'
        )

    def test_may_not_go_on_beyond_the_header(self) -> None:
        (problem,) = problems_of_log(("2026-02-28", "biopsy", "primary", "", "多"))
        assert problem.place == "log.csv row 2"

    def test_takes_its_id_from_a_column(self) -> None:
        assert [fact.id for fact in _log_with_ids("7", "8").facts] == ["7", "8"]

    def test_shares_its_id_with_no_other(self) -> None:
        with pytest.raises(DossierError) as raised:
            _log_with_ids("7", "7")
        assert [p.place for p in raised.value.problems] == ["log.csv row 3"]

    def test_of_a_second_table_of_that_name_has_other_ids(self) -> None:
        table = TableRows("log.csv", HEADER, [(2, ("2026-02-28", "biopsy", "primary"))])
        data = {"subject": WANG, "tables": [LOG, LOG]}
        assert [f.id for f in read_dossier(data, rows=[table, table]).facts] == ["log:2", "log-2:2"]


def _log_with_ids(*ids: str) -> Dossier:
    rows = [(n, (row_id, "2026-02-28")) for n, row_id in enumerate(ids, 2)]
    plan = {**LOG, "columns": {"procedure_date": "日期"}, "id_column": "流水號"}
    return read_dossier(
        {"subject": WANG, "tables": [plan]}, rows=[TableRows("log.csv", ("流水號", "日期"), rows)]
    )


class TestTheDescriptionOfATable:
    def test_may_not_name_a_column_that_is_missing(self) -> None:
        (problem,) = problems_of_log(columns={"procedure_date": "治療日"})
        assert problem.place == "log.csv row 1 · 治療日"
        assert problem.says.en == 'There is no column "治療日". Did you mean 治療日期?'

    def test_may_not_name_an_attribute_that_the_kind_does_not_have(self) -> None:
        (problem,) = problems_of_log(columns={"operator": "術者", "procedure_date": "治療日期"})
        assert problem.place == "tables[1] (log.csv) · columns · operator"

    def test_may_not_give_an_attribute_twice(self) -> None:
        (problem,) = problems_of_log(constants={"procedure": "biopsy"})
        assert problem.place == "tables[1] (log.csv) · constants · procedure"

    def test_may_not_translate_a_text_into_no_option(self) -> None:
        (problem,) = problems_of_log(values={"procedure": {"PTGBD": "drainige"}})
        assert problem.place == "tables[1] (log.csv) · values · procedure · PTGBD"

    @pytest.mark.parametrize(
        ("changes", "place"),
        [
            ({"kind": "case_lag"}, "tables[1] (log.csv) · kind"),
            ({"columns": None}, "tables[1] (log.csv) · columns"),
            ({"columns": ["治療日期"]}, "tables[1] (log.csv) · columns"),
            ({"columns": {"procedure_date": 3}}, "tables[1] (log.csv) · columns · procedure_date"),
            ({"values": {"procedure": "PTGBD"}}, "tables[1] (log.csv) · values · procedure"),
            ({"colums": {}}, "tables[1] (log.csv) · colums"),
            ({"evidence": "seen"}, "tables[1] (log.csv) · evidence"),
            ({"file": None}, "tables[1] · file"),
        ],
    )
    def test_is_checked(self, changes: dict[str, Any], place: str) -> None:
        assert [p.place for p in problems_of_log(**changes)] == [place]

    def test_may_name_a_column_for_two_attributes(self) -> None:
        both = {"procedure": "術式", "procedure_name": "術式"}
        fact = log_with(("2026-02-28", "切片", ""), columns=both).facts[0]
        assert (fact.values["procedure"], fact.values["procedure_name"]) == ("biopsy", "切片")

    def test_is_of_no_use_until_its_file_is_opened(self) -> None:
        with pytest.raises(DossierError) as raised:
            read_dossier({"subject": WANG, "tables": [LOG]})
        assert [p.place for p in raised.value.problems] == ["tables[1]"]

    def test_is_ambiguous_where_two_columns_share_a_mapped_name(self) -> None:
        table = TableRows("log.csv", (*HEADER, "術式"), [])
        with pytest.raises(DossierError) as raised:
            read_dossier({"subject": WANG, "tables": [LOG]}, rows=[table])
        assert [p.place for p in raised.value.problems] == ["log.csv row 1 · 術式"]


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
