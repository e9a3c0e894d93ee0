"""A table becomes records by its description, or a list of everything that is wrong with either."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from wang_told import HEADER, LOG, WANG, log_with

from tiaoli.facts.dossier import Dossier, Tier
from tiaoli.facts.kinds import NONE
from tiaoli.facts.reading import DossierError, Problem, TableRows, read_dossier


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
