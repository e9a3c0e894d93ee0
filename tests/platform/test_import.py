"""A file into the portfolio: read, repaired, imported once, all of it or nothing."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pytest
import yaml
from keeping import lin

from tiaoli.answers import ask
from tiaoli.facts.reading import write_dossier
from tiaoli.facts.vocabulary import find
from tiaoli.intake import load
from tiaoli.platform.audit import chain
from tiaoli.platform.audit.actions import Actor, NotAllowed, OutOfDate, Refused
from tiaoli.platform.portfolio import actions, importing, tables_out
from tiaoli.platform.portfolio.dossiers import dossier_of
from tiaoli.platform.portfolio.history import history_of
from tiaoli.platform.portfolio.models import ImportBatch, ImportRow, Record, Tier
from tiaoli.platform.portfolio.rows_in import counts_of, rows_shown, unknown_words
from tiaoli.platform.portfolio.tables_in import guessed_kind, opened
from tiaoli.platform.world import making
from tiaoli.regulations import catalogue

pytestmark = pytest.mark.django_db
HEADER = ("檢查單號", "治療日期", "術式", "術者角色")
GOOD = ("S1", "115/06/01", "切片", "主治術者")


def table(
    *rows: Iterable[str], encoding: str = "utf-8-sig", header: Iterable[str] = HEADER
) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue().encode(encoding)


def started(*rows: Iterable[str], **more: str) -> tuple[ImportBatch, Actor]:
    person, by = lin()
    return importing.start(by, person, name="個案.csv", raw=table(*rows, **more)), by


def counts(batch: ImportBatch) -> tuple[int, int, int, int]:
    found = counts_of(batch)
    return found["good"], found["faulty"], found["duplicates"], found["skipped"]


# --- The acceptance of the part ----------------------------------------------------------


def thousand() -> bytes:
    """The first thousand rows of the example, two of them spoilt."""
    with open("examples/lin-case-log.csv", encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    rows = rows[:1000]
    rows[10][header.index("治療日期")] = "108/02/30"
    rows[20][header.index("角色")] = "主冶"
    return table(*rows, header=header)


def test_a_log_of_a_thousand_rows_says_what_the_cli_says(tmp_path: Path) -> None:
    told = yaml.safe_load(Path("examples/lin-ir-case-log.yaml").read_text(encoding="utf-8"))
    plan = told["tables"][0]
    person, by = lin()
    making.facts(person, told)
    batch = importing.start(by, person, name="lin.csv", raw=thousand())
    assert batch.kind == plan["kind"]
    assert batch.columns == plan["columns"]
    words = plan["values"]
    batch = importing.arrange(by, batch, words=words, constants=plan["constants"], keep_file=True)
    assert counts(batch) == (998, 2, 0, 0)
    date, role = rows_shown(batch, "faulty")
    assert (date.number, date.problems[0]["attribute"]) == (12, "procedure_date")
    assert (role.number, role.problems[0]["attribute"]) == (22, "operator_role")
    importing.repair(by, date, cells={"治療日期": "108/02/28"})
    importing.repair(by, role, cells={"角色": "主治"})
    assert counts(batch) == (1000, 0, 0, 0)
    done = importing.confirm(by, batch, version=batch.version)
    assert done.imported == 1000

    repaired = (
        thousand().decode("utf-8-sig").replace("108/02/30", "108/02/28").replace("主冶", "主治")
    )
    (tmp_path / "lin-case-log.csv").write_text(repaired, encoding="utf-8")
    (tmp_path / "lin.yaml").write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
    by_cli, by_platform = load(tmp_path / "lin.yaml"), dossier_of(person)
    assert content(by_platform) == content(by_cli)
    regulation = catalogue.find("ir-instructor")
    for question in ("domain-1", "domain-2", "domain-3"):
        answers = [
            ask(regulation, question, dossier, on=making.datetime.date(2026, 6, 1))
            for dossier in (by_platform, by_cli)
        ]
        assert answers[0].outcome == answers[1].outcome
        assert [r.have for r in answers[0].reasons] == [r.have for r in answers[1].reasons]
    assert chain.verify()[1] == []


def content(dossier: object) -> list[str]:
    """What a dossier says of the cases, whatever their ids."""
    facts = write_dossier(dossier)["facts"]
    return sorted(str({**fact, "id": ""}) for fact in facts)


# --- Reading -----------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp950", "utf-16"])
def test_a_table_is_read_in_the_encodings_of_taiwan(encoding: str) -> None:
    batch, _by = started(GOOD, encoding=encoding)
    assert batch.columns == {
        "session_id": "檢查單號",
        "procedure_date": "治療日期",
        "procedure": "術式",
        "operator_role": "術者角色",
    }
    assert batch.rows.get().values == {
        "session_id": "S1",
        "procedure_date": "2026-06-01",
        "procedure": "biopsy",
        "operator_role": "primary",
    }
    assert any("編碼" in says["zh"] for says in batch.told)


def test_ids_stay_texts_and_full_width_is_read() -> None:
    batch, _by = started(("00012", "１１５／０６／０１", "ＢＲＴＯ", "主治術者"))
    assert batch.rows.get().values["session_id"] == "00012"
    assert batch.rows.get().values["procedure"] == "brto"


def book(*rows: Iterable[object], sheets: int = 1) -> bytes:
    made, out = openpyxl.Workbook(), io.BytesIO()
    for n in range(1, sheets):
        made.create_sheet(f"表{n}").append(["無關", "欄位"])
    for row in (HEADER, *rows):
        made.active.append(row)
    made.save(out)
    return out.getvalue()


def test_a_workbook_gives_days_numbers_and_faults_as_it_holds_them() -> None:
    person, by = lin()
    day = making.datetime.datetime(2026, 6, 1)
    raw = book((12, day, "切片", "主治術者"), ("S2", "#N/A", "切片", "主治術者"), sheets=2)
    batch = importing.start(by, person, name="個案.xlsx", raw=raw)
    first, second = batch.rows.all()
    assert (first.values["session_id"], first.values["procedure_date"]) == ("12", "2026-06-01")
    assert "#N/A" in second.problems[0]["zh"]
    importing.repair(by, second, cells={"治療日期": "115/06/02"})
    assert counts(batch) == (2, 0, 0, 0)
    batch = importing.arrange(by, batch, sheet="表1")
    assert batch.header == ["無關", "欄位"]


def test_a_file_that_is_no_table_is_refused() -> None:
    person, by = lin()
    for raw in (b"%PDF-1.4 %%EOF", b"<html>", b'a,b\n"x,1\n', table(header=())):
        with pytest.raises(Refused):
            importing.start(by, person, name="x.csv", raw=raw)
    with pytest.raises(Refused, match="種類"):
        importing.start(by, person, name="x.csv", raw=table(("1", "2"), header=("甲", "乙")))
    assert ImportBatch.objects.count() == 0


def test_columns_that_share_a_title_and_cells_beyond_the_header_are_kept_apart() -> None:
    batch, by = started((*GOOD, "多"), header=(*HEADER[:3], "術式"))
    assert batch.header == ["檢查單號", "治療日期", "術式", "術式 (2)"]
    row = batch.rows.get()
    assert "多出" in row.problems[0]["zh"]
    repaired = importing.repair(by, row, cells={"＋1": ""})
    assert repaired.problems == []


def test_the_kind_is_known_by_its_header() -> None:
    assert guessed_kind(HEADER) == "case_log"
    assert guessed_kind(("procedure_date", "procedure", "vessel")) == "case_log"
    assert guessed_kind(("Procedure date", "Procedure", "Vessel")) == "case_log"
    assert guessed_kind(("甲", "乙")) == ""


def test_what_all_rows_say_fills_empty_cells_and_missing_columns() -> None:
    batch, by = started(GOOD, ("S2", "115/06/02", "切片", ""))
    batch = importing.arrange(
        by, batch, constants={"operator_role": "assistant", "panel_domain": "3", "organ": ""}
    )
    first, second = batch.rows.all()
    assert (first.values["operator_role"], second.values["operator_role"]) == (
        "primary",
        "assistant",
    )
    assert second.values["panel_domain"] == "3"
    with pytest.raises(Refused, match="選項"):
        importing.arrange(by, batch, constants={"panel_domain": "9"})


def test_words_of_the_file_are_given_a_meaning_once_for_all_rows() -> None:
    rows = [(f"S{n}", "115/06/01", "CT切片", "主治術者") for n in range(5)]
    batch, by = started(*rows)
    ((attribute, texts),) = unknown_words(batch, rows_shown(batch, "faulty"))
    assert (attribute.name, texts) == ("procedure", {"CT切片": 5})
    batch = importing.arrange(by, batch, words={"procedure": {"CT切片": "biopsy"}})
    assert counts(batch) == (5, 0, 0, 0)


# --- Repair, duplicates, confirmation ----------------------------------------------------


def test_nothing_is_imported_until_it_is_confirmed_and_then_once() -> None:
    batch, by = started(GOOD, ("S2", "115/06/02", "引流", "指導"))
    assert Record.objects.count() == 0
    for _ in range(2):
        assert importing.confirm(by, batch, version=batch.version).imported == 2
    assert [r.fact for r in Record.objects.order_by("pk")] == ["case_log:1", "case_log:2"]
    assert {r.tier for r in Record.objects.all()} == {Tier.CLAIMED}
    (only,) = history_of(Record.objects.first())
    assert (only.by, len(only.changed)) == ("林介入", 4)
    row = batch.rows.first()
    with pytest.raises(Refused):
        importing.repair(by, row, cells={"術式": "引流"})
    with pytest.raises(Refused):
        importing.discard(by, batch)


def test_rows_with_problems_and_skipped_rows_stay_behind() -> None:
    batch, by = started(
        GOOD, ("S2", "115/13/02", "引流", "指導"), ("S3", "115/06/03", "切片", "助手")
    )
    importing.skip(by, batch, numbers=[4], skipped=True)
    assert counts(batch) == (1, 1, 0, 1)
    importing.confirm(by, batch, version=batch.version)
    assert Record.objects.count() == 1


def test_what_says_the_same_is_shown_and_left_out_unless_wanted() -> None:
    person, by = lin()
    there = actions.add(
        by,
        person,
        kind="case_log",
        values={
            "session_id": "S1",
            "procedure_date": "2026-06-01",
            "procedure": "biopsy",
            "operator_role": "primary",
        },
    )
    second = ("S2", "115/06/02", "引流", "指導")
    batch = importing.start(by, person, name="a.csv", raw=table(GOOD, second, second))
    first, kept, repeated = batch.rows.all()
    assert (first.duplicate_of, kept.repeats, repeated.repeats) == (there, None, 3)
    assert counts(batch) == (1, 0, 2, 0)
    importing.skip(by, batch, numbers=[4], anyway=True)
    importing.repair(by, first, cells={"檢查單號": "S9"})
    assert counts(batch) == (3, 0, 1, 0)
    importing.confirm(by, batch, version=batch.version)
    assert Record.objects.count() == 4


def test_what_has_come_in_by_another_file_meanwhile_is_not_imported_twice() -> None:
    person, by = lin()
    one, two = (importing.start(by, person, name="a.csv", raw=table(GOOD)) for _ in range(2))
    assert counts(two) == (1, 0, 0, 0)
    importing.confirm(by, one, version=one.version)
    assert importing.confirm(by, two, version=two.version).imported == 0
    assert Record.objects.count() == 1


def test_a_preview_whose_columns_have_changed_is_not_confirmed() -> None:
    batch, by = started(GOOD)
    importing.arrange(by, batch, columns={"session_id": "檢查單號"})
    with pytest.raises(OutOfDate):
        importing.confirm(by, batch, version=batch.version)
    assert Record.objects.count() == 0


def test_what_is_discarded_is_forgotten() -> None:
    batch, by = started(GOOD)
    importing.discard(by, batch)
    assert ImportRow.objects.count() == Record.objects.count() == 0
    with pytest.raises(Refused):
        importing.confirm(by, batch, version=batch.version)


def test_nobody_else_touches_an_import() -> None:
    batch, _by = started(GOOD)
    _, other = lin("other@example.org")
    row = batch.rows.get()
    for do in (
        lambda: importing.arrange(other, batch, columns={}),
        lambda: importing.repair(other, row, cells={}),
        lambda: importing.skip(other, batch, skipped=True),
        lambda: importing.confirm(other, batch, version=1),
        lambda: importing.discard(other, batch),
    ):
        with pytest.raises(NotAllowed):
            do()


def test_a_reference_to_nothing_is_told() -> None:
    person, by = lin()
    raw = table(("王", "115/06/01", "x:1"), header=("學員", "觀察日", "申請"))
    batch = importing.start(by, person, name="a.csv", raw=raw, kind="observation")
    assert batch.rows.get().problems[0]["attribute"] == "request"


def test_a_row_that_refers_to_what_was_taken_out_meanwhile_is_left_out() -> None:
    person, by = lin()
    asked = actions.add(by, person, kind="observation_request", values={"trainee": "王"})
    raw = table(("王", "115/06/01", asked.fact), header=("學員", "觀察日", "申請"))
    batch = importing.start(by, person, name="a.csv", raw=raw, kind="observation")
    assert counts(batch) == (1, 0, 0, 0)
    actions.take_out(by, asked, version=1, because="誤植")
    assert importing.confirm(by, batch, version=batch.version).imported == 0
    assert dossier_of(person).facts == ()


def test_a_file_kept_as_evidence_documents_its_records() -> None:
    batch, by = started(GOOD)
    batch = importing.arrange(by, batch, keep_file=True)
    importing.confirm(by, batch, version=batch.version)
    record = Record.objects.get()
    assert (record.tier, record.files.get().name) == (Tier.DOCUMENTED, "個案.csv")


# --- Templates ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["case_log", "credit_entry", "facility_notice", "training"])
def test_a_template_is_read_back_by_its_header(kind: str) -> None:
    table_back = opened(tables_out.template(find(kind)), "範本.xlsx")
    assert guessed_kind(table_back.header) == kind
    sheet = openpyxl.load_workbook(io.BytesIO(tables_out.template(find(kind)))).active
    assert sheet.column_dimensions["A"].number_format == "@"


def test_the_rows_to_repair_come_back_as_texts_with_what_is_wrong() -> None:
    batch, by = started(GOOD, ("=1+1", "115/13/02", "引流", "指導"))
    raw = tables_out.with_faults(batch, rows_shown(batch, "faulty"))
    sheet = openpyxl.load_workbook(io.BytesIO(raw)).active
    header, row = sheet.iter_rows(values_only=True)
    assert header[-1].startswith("問題")
    assert (row[0], sheet["A2"].data_type) == ("=1+1", "s")
    assert "月份" in row[-1]
    again = importing.start(by, batch.person, name="b.xlsx", raw=raw)
    assert (again.kind, again.rows.count()) == ("case_log", 1)
