"""Tables beside a dossier: CSV and XLSX as spreadsheets and hospital systems save them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tiaoli.facts.kinds import NONE
from tiaoli.intake import DossierError, Loaded, Problem, load_with_tables

HEADER = "檢查單號,治療日期,術式,術者,病灶"
PLAN = """\
subject: {id: wang}
tables:
  - file: FILE
    kind: case_log
    columns:
      session_id: 檢查單號
      procedure_date: 治療日期
      procedure: 術式
      operator_role: 術者
      lesions: 病灶
    values: {procedure: {PTGBD: drainage}}
"""


def loaded(folder: Path, name: str = "log.csv", more: str = "", **options: Any) -> Loaded:
    plan = PLAN.replace("FILE", name) + "".join(f"    {line}\n" for line in more.splitlines())
    (folder / "wang.yaml").write_text(plan, encoding="utf-8")
    return load_with_tables(folder / "wang.yaml", **options)


def problems_of(folder: Path, name: str = "log.csv", more: str = "") -> tuple[Problem, ...]:
    with pytest.raises(DossierError) as raised:
        loaded(folder, name, more)
    return raised.value.problems


def places_of(folder: Path, name: str = "log.csv", more: str = "") -> list[str]:
    return [problem.place for problem in problems_of(folder, name, more)]


def csv(folder: Path, *rows: str, encoding: str = "utf-8", header: str = HEADER) -> None:
    (folder / "log.csv").write_bytes("\r\n".join([header, *rows]).encode(encoding))


def xlsx(folder: Path, *rows: Sequence[object], header: str = HEADER) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in (header.split(","), *rows):
        sheet.append(row)
    book.save(folder / "log.xlsx")


def told(found: Loaded) -> list[tuple[Any, ...]]:
    names = ("session_id", "procedure_date", "procedure", "operator_role", "lesions")
    return [tuple(fact.values[name] for name in names) for fact in found.dossier.facts]


ROW = "A1,115/06/30,PTGBD,主治術者,2"
TOLD = ("A1", date(2026, 6, 30), "drainage", "primary", 2)


class TestACsvTable:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp950"])
    def test_is_read_in_the_encodings_of_spreadsheets(self, tmp_path: Path, encoding: str) -> None:
        csv(tmp_path, ROW, encoding=encoding)
        assert told(loaded(tmp_path)) == [TOLD]

    @pytest.mark.parametrize("mark", [",", ";", "\t"])
    def test_is_read_with_the_delimiters_of_spreadsheets(self, tmp_path: Path, mark: str) -> None:
        csv(tmp_path, ROW.replace(",", mark), header=HEADER.replace(",", mark))
        assert told(loaded(tmp_path)) == [TOLD]

    def test_may_name_its_encoding(self, tmp_path: Path) -> None:
        csv(tmp_path, ROW, encoding="cp950")
        assert told(loaded(tmp_path, more="encoding: cp950")) == [TOLD]
        assert places_of(tmp_path, more="encoding: utf-8") == ["log.csv row 1"]
        assert places_of(tmp_path, more="encoding: latin-1") == ["log.csv · encoding"]

    def test_takes_full_width_digits_and_letters(self, tmp_path: Path) -> None:
        csv(tmp_path, "A1,１１５/０６/３０,PTGBD,ｐｒｉｍａｒｙ,２")
        assert told(loaded(tmp_path)) == [TOLD]

    def test_numbers_rows_as_a_spreadsheet_does(self, tmp_path: Path) -> None:
        csv(tmp_path, '"A\n1",115/06/30,PTGBD,primary,1', ",,,,", "", "A2,115/13/30,pae,primary,1")
        assert places_of(tmp_path) == ["log.csv row 5 · 治療日期"]

    def test_skips_blank_rows_and_counts_them(self, tmp_path: Path) -> None:
        csv(tmp_path, ROW, ",,,,", " , ,", ROW)
        found = loaded(tmp_path)
        assert [fact.id for fact in found.dossier.facts] == ["log:2", "log:5"]
        assert found.tables[0].blank_rows == 2

    def test_tells_which_columns_were_ignored(self, tmp_path: Path) -> None:
        csv(tmp_path, ROW + ",x,y", header=HEADER + ",備註,床號")
        assert loaded(tmp_path).tables[0].ignored_columns == ("備註", "床號")

    def test_tells_every_mistake_with_its_row(self, tmp_path: Path) -> None:
        csv(
            tmp_path,
            "A1,2026-02-30,PTGBD,primary,1",
            ROW,
            "A3,2026-02-28,引硫,主治,-1",
            "A4,2026-02-28,引流,primary,1,多",
        )
        problems = problems_of(tmp_path)
        assert [p.place for p in problems] == [
            "log.csv row 2 · 治療日期",
            "log.csv row 4 · 術式",
            "log.csv row 4 · 術者",
            "log.csv row 4 · 病灶",
            "log.csv row 5",
        ]
        assert problems[2].says.zh == "「術者角色」沒有「主治」這個選項。您要的是不是：主治術者？"

    def test_with_a_misspelt_header_names_the_nearest(self, tmp_path: Path) -> None:
        csv(tmp_path, ROW, header=HEADER.replace("治療日期", "治療曰期"))
        (problem,) = problems_of(tmp_path)
        assert problem.place == "log.csv row 1 · 治療日期"
        assert problem.says.en == 'There is no column "治療日期". Did you mean 治療曰期?'

    @pytest.mark.parametrize("content", [b"", b"\r\n", b"\xef\xbb\xbf", b",,,\r\n"])
    def test_that_is_empty_is_a_problem(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "log.csv").write_bytes(content)
        assert places_of(tmp_path) == ["log.csv row 1"]

    def test_with_a_header_alone_holds_no_records(self, tmp_path: Path) -> None:
        csv(tmp_path)
        assert told(loaded(tmp_path)) == []

    def test_with_a_byte_of_no_encoding_names_row_and_byte(self, tmp_path: Path) -> None:
        (tmp_path / "log.csv").write_bytes(f"{HEADER}\n{ROW}\n".encode() + b"A2,\xff\xff,,,\n")
        (problem,) = problems_of(tmp_path)
        assert problem.place == "log.csv row 3"
        assert problem.says.zh.startswith("第 85 個位元組（0xFF）")

    def test_with_an_open_quote_names_the_row(self, tmp_path: Path) -> None:
        csv(tmp_path, ROW, '"A2,115/06/30')
        assert places_of(tmp_path) == ["log.csv row 3"]

    def test_that_is_missing_is_answered_with_the_nearest_name(self, tmp_path: Path) -> None:
        csv(tmp_path, ROW)
        (problem,) = problems_of(tmp_path, "lgo.csv")
        assert problem.place == "lgo.csv"
        assert problem.says.en == 'There is no file "lgo.csv". Did you mean log.csv?'

    def test_that_is_missing_hides_no_other_mistake(self, tmp_path: Path) -> None:
        more = "evidence: sworn"
        (tmp_path / "log.csv").unlink(missing_ok=True)
        assert places_of(tmp_path, "log.csv", more) == [
            "tables[1] (log.csv) · evidence",
            "log.csv",
        ]

    def test_of_another_format_is_refused(self, tmp_path: Path) -> None:
        assert places_of(tmp_path, "log.ods") == ["log.ods"]

    def test_of_20000_rows_is_read_in_seconds_with_progress(self, tmp_path: Path) -> None:
        csv(tmp_path, *(f"S{n},115/06/{n % 30 + 1:02},引流,primary,1" for n in range(20_000)))
        heard: list[tuple[int, int]] = []
        start = time.perf_counter()
        found = loaded(tmp_path, progress=lambda done, total: heard.append((done, total)))
        assert time.perf_counter() - start < 5
        assert len(found.dossier.facts) == 20_000
        assert (len(heard), heard[0], heard[-1]) == (20, (1000, 20_000), (20_000, 20_000))


class TestAnXlsxTable:
    @pytest.mark.parametrize(
        "day", [datetime(2026, 6, 30), date(2026, 6, 30), "115/06/30", 1150630]
    )
    def test_is_read_with_days_of_any_writing(self, tmp_path: Path, day: object) -> None:
        xlsx(tmp_path, ["A1", day, "PTGBD", "主治術者", 2])
        assert told(loaded(tmp_path, "log.xlsx")) == [TOLD]

    def test_takes_numbers_for_texts_and_whole_numbers(self, tmp_path: Path) -> None:
        xlsx(tmp_path, [1024, "115/06/30", "PTGBD", "主治術者", 2.0])
        assert told(loaded(tmp_path, "log.xlsx")) == [("1024", *TOLD[1:])]

    def test_leaves_out_empty_cells(self, tmp_path: Path) -> None:
        xlsx(tmp_path, [None, "115/06/30", "PTGBD"])
        assert told(loaded(tmp_path, "log.xlsx")) == [
            (NONE, date(2026, 6, 30), "drainage", None, NONE)
        ]

    def test_skips_blank_rows_and_keeps_their_numbers(self, tmp_path: Path) -> None:
        xlsx(tmp_path, [], [None, " "], ["A1", "soon", "PTGBD", "primary", 1])
        assert places_of(tmp_path, "log.xlsx") == ["log.xlsx row 4 · 治療日期"]

    def test_with_a_formula_that_was_never_reckoned_is_a_problem(self, tmp_path: Path) -> None:
        xlsx(tmp_path, ["A1", "115/06/30", "PTGBD", "primary", "=1+1"])
        (problem,) = problems_of(tmp_path, "log.xlsx")
        assert problem.place == "log.xlsx row 2 · 病灶"

    def test_with_a_spreadsheet_error_is_a_problem(self, tmp_path: Path) -> None:
        xlsx(tmp_path, ["#N/A", "115/06/30", "PTGBD", "primary", 1])
        assert places_of(tmp_path, "log.xlsx") == ["log.xlsx row 2 · 檢查單號"]

    def test_with_a_time_of_day_in_a_day_is_a_problem(self, tmp_path: Path) -> None:
        xlsx(tmp_path, ["A1", datetime(2026, 6, 30, 9, 5), "PTGBD", "primary", 1])
        assert places_of(tmp_path, "log.xlsx") == ["log.xlsx row 2 · 治療日期"]

    def test_of_two_sheets_must_name_one(self, tmp_path: Path) -> None:
        xlsx(tmp_path, ["A1", "115/06/30", "PTGBD", "primary", 2])
        book = openpyxl.load_workbook(tmp_path / "log.xlsx")
        book.create_sheet("其他")
        book.save(tmp_path / "log.xlsx")
        assert places_of(tmp_path, "log.xlsx") == ["log.xlsx · sheet"]
        assert told(loaded(tmp_path, "log.xlsx", "sheet: Sheet")) == [TOLD]
        (problem,) = problems_of(tmp_path, "log.xlsx", "sheet: Shet")
        assert problem.says.en == 'There is no sheet "Shet". Did you mean Sheet?'

    def test_that_is_no_workbook_is_a_problem(self, tmp_path: Path) -> None:
        (tmp_path / "log.xlsx").write_bytes(b"\xd0\xcf\x11\xe0 an old workbook")
        assert places_of(tmp_path, "log.xlsx") == ["log.xlsx"]

    def test_that_is_empty_is_a_problem(self, tmp_path: Path) -> None:
        openpyxl.Workbook().save(tmp_path / "log.xlsx")
        assert places_of(tmp_path, "log.xlsx") == ["log.xlsx row 1"]
