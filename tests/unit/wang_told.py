"""What somebody writes about Wang, record by record or as a table, read as a dossier."""

from __future__ import annotations

from typing import Any

from tiaoli.facts.dossier import Dossier
from tiaoli.facts.reading import TableRows, read_dossier

WANG = {"id": "wang", "name": "王小明", "date_of_birth": "075/03/02"}


def dossier_of(*facts: dict[str, Any], **more: Any) -> Dossier:
    return read_dossier({"subject": WANG, "facts": list(facts), **more})


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
