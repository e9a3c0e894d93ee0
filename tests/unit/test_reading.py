"""What a person wrote becomes a checked dossier, or a list of everything that is wrong with it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from wang_told import WANG, dossier_of

from tiaoli.facts import vocabulary
from tiaoli.facts.dossier import Tier
from tiaoli.facts.kinds import NONE, choice, moment
from tiaoli.facts.problems import Unreadable
from tiaoli.facts.reading import DossierError, Problem, read_dossier
from tiaoli.facts.values import read_value


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
