"""
The rows of a file on its way in, read as records: values, problems, what says the same twice.

Reading is that of ``tiaoli.facts.rows``, so that a file means here what it means to the CLI.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db.models import Q, QuerySet

from tiaoli.facts import vocabulary
from tiaoli.facts.dossier import Dossier, Fact, Tier
from tiaoli.facts.kinds import Attribute, Label, Type
from tiaoli.facts.plans import TablePlan
from tiaoli.facts.problems import DossierError, Problem, Unreadable
from tiaoli.facts.reading import write_dossier
from tiaoli.facts.rows import TableRows, read_rows
from tiaoli.facts.values import NONE_WORDS, read_value
from tiaoli.platform.people.models import Person
from tiaoli.platform.portfolio.dossiers import SUBJECT_KIND, beyond_limits
from tiaoli.platform.portfolio.models import ImportBatch, ImportRow, Record
from tiaoli.platform.portfolio.publications import identities
from tiaoli.platform.portfolio.tables_in import BEYOND, Cell

_PLACE: Final = re.compile(r" row (?P<number>[0-9]+)(?: · (?P<header>.*))?", re.DOTALL)
_KEPT: Final = ("id", "kind", "evidence")


def read_into(batch: ImportBatch, rows: Sequence[ImportRow]) -> None:
    """Values, problems and digest of each of ``rows``; saves nothing."""
    plan, problems = _plan(batch), list[Problem]()
    table = TableRows("", tuple(batch.header), [(row.number, _cells(batch, row)) for row in rows])
    drafts = read_rows(plan, table, "row", problems, tell=lambda _: None)
    for draft in drafts:
        beyond = beyond_limits(batch.kind, draft.values)
        problems += [Problem(draft.place_of(name), says) for name, says in beyond.items()]
    subject = Fact("s", SUBJECT_KIND, {}, place="")
    facts = tuple(draft.fact(f"f{place}") for place, draft in enumerate(drafts))
    written = write_dossier(Dossier(subject, facts))["facts"]
    told = _by_row(batch, problems)
    facts_there = referable_in(batch)
    for row, plain in zip(rows, written, strict=True):
        row.values = {name: value for name, value in plain.items() if name not in _KEPT}
        row.problems = told.get(row.number, []) + reference_faults(batch, row, facts_there)
        if not any(value is not None for value in row.values.values()) and not row.problems:
            row.problems = [_nothing_said()]
        row.digest = digest_of(batch.kind, row.values)


def _plan(batch: ImportBatch) -> TablePlan:
    kind = vocabulary.find(batch.kind)
    constants = {
        name: read_value(kind.attributes[name], text) for name, text in batch.constants.items()
    }
    words = {
        name: {word: read_value(kind.attributes[name], means) for word, means in meanings.items()}
        for name, meanings in batch.words.items()
        if name in kind.attributes
    }
    return TablePlan("", "", kind, Tier.CLAIMED, batch.columns, words, constants, None)


def _cells(batch: ImportBatch, row: ImportRow) -> list[object]:
    defaults = {batch.columns[n]: t for n, t in batch.constants.items() if n in batch.columns}
    cells = [_cell(row.cells.get(title) or defaults.get(title, "")) for title in batch.header]
    beyond = [cell for title, cell in row.cells.items() if title.startswith(BEYOND) and cell]
    return cells + [_cell(cell) for cell in beyond]


def _cell(cell: Cell) -> object:
    return Unreadable(Label(cell["zh"], cell["en"])) if isinstance(cell, dict) else cell


def _by_row(batch: ImportBatch, problems: Iterable[Problem]) -> dict[int, list[dict[str, str]]]:
    attributes = {header: name for name, header in reversed(batch.columns.items())}
    found: dict[int, list[dict[str, str]]] = {}
    for problem in problems:
        place = _PLACE.fullmatch(problem.place)
        if place is None:
            raise DossierError([problem])
        header = place["header"] or ""
        found.setdefault(int(place["number"]), []).append(
            {
                "attribute": attributes.get(header, ""),
                "header": header,
                "zh": problem.says.zh,
                "en": problem.says.en,
            }
        )
    return found


def referable_in(batch: ImportBatch) -> dict[str, str]:
    """The records that rows may refer to, with their kinds; {} where no attribute refers."""
    attributes = vocabulary.find(batch.kind).attributes.values()
    if not any(attribute.type is Type.REFERENCE for attribute in attributes):
        return {}
    records = Record.objects.filter(person=batch.person_id, removed=None)
    return dict(records.values_list("fact", "kind"))


def reference_faults(
    batch: ImportBatch, row: ImportRow, there: Mapping[str, str]
) -> list[dict[str, str]]:
    """What is wrong with the references of a row."""
    problems = []
    for name, attribute in vocabulary.find(batch.kind).attributes.items():
        to = row.values.get(name)
        if attribute.type is not Type.REFERENCE or not isinstance(to, str) or to in NONE_WORDS:
            continue
        if to not in there or attribute.refers_to not in (None, "*", there[to]):
            problems.append(
                {
                    "attribute": name,
                    "header": batch.columns.get(name, ""),
                    "zh": f"履歷裡沒有編號「{to}」的這種紀錄。請改成已有的編號，或留空。",
                    "en": f'The portfolio has no such record "{to}". Name one, or leave it empty.',
                }
            )
    return problems


def _nothing_said() -> dict[str, str]:
    return {
        "attribute": "",
        "header": "",
        "zh": "這一列沒有對應到任何欄位。請檢查欄位對應，或略過這一列。",
        "en": "No mapped column of this row says anything. Check the columns, or skip the row.",
    }


def digest_of(kind: str, values: Mapping[str, Any]) -> str:
    """Two records of the same kind and values have the same."""
    text = json.dumps([kind, values], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _keys(kind: str, values: Mapping[str, Any], cells: Mapping[str, Any]) -> set[str]:
    return {digest_of(kind, values), *identities(kind, values, cells)}


def records_by_key(person: Person, kind: str) -> dict[str, int]:
    """What each record of the person says, and the record that says it."""
    records = Record.objects.filter(person=person, kind=kind, removed=None).order_by("-pk")
    return {
        key: pk
        for pk, values in records.values_list("pk", "values")
        for key in _keys(kind, values, {})
    }


def find_duplicates(batch: ImportBatch, rows: Sequence[ImportRow]) -> None:
    """
    ``duplicate_of`` and ``repeats`` of all rows of a batch, in order; saves nothing. A row that is
    skipped, or has problems, repeats none and is repeated by none.
    """
    there = records_by_key(batch.person, batch.kind)
    first: dict[str, int] = {}
    for row in rows:
        row.duplicate_of_id = row.repeats = None
        if row.skip or row.problems:
            continue
        keys = _keys(batch.kind, row.values, row.cells)
        row.duplicate_of_id = next((there[key] for key in keys if key in there), None)
        row.repeats = min((first[key] for key in keys if key in first), default=None)
        for key in keys:
            first.setdefault(key, row.number)


def unknown_words(
    batch: ImportBatch, rows: Iterable[ImportRow]
) -> list[tuple[Attribute, dict[str, int]]]:
    """
    Texts that are no option of their attribute, with how often each stands there; those that were
    given a meaning are not among them. At most 60 texts of an attribute, most frequent first.
    """
    attributes = vocabulary.find(batch.kind).attributes
    counts: dict[str, dict[str, int]] = {}
    optional = (Type.CHOICE, Type.CHOICES, Type.YES_NO)
    for row in rows:
        for problem in row.problems:
            name = problem["attribute"]
            cell = row.cells.get(problem["header"])
            if name in attributes and attributes[name].type in optional and isinstance(cell, str):
                of = counts.setdefault(name, {})
                of[cell.strip()] = of.get(cell.strip(), 0) + 1
    return [
        (attributes[name], dict(sorted(of.items(), key=lambda item: -item[1])[:60]))
        for name, of in counts.items()
    ]


# --- Rows, by what becomes of them -------------------------------------------------------

DUPLICATE = Q(repeats__isnull=False) | Q(duplicate_of__isnull=False)
_GOOD = Q(problems=[], skip=False)


def importable(batch: ImportBatch) -> QuerySet[ImportRow]:
    """The rows that become records."""
    return batch.rows.filter(_GOOD & (~DUPLICATE | Q(anyway=True)))


def rows_shown(batch: ImportBatch, which: str) -> QuerySet[ImportRow]:
    """``which``: ``faulty``, ``duplicates``, ``skipped``, ``good``, or everything."""
    rows = batch.rows.select_related("duplicate_of")
    match which:
        case "faulty":
            return rows.filter(skip=False).exclude(problems=[])
        case "duplicates":
            return rows.filter(_GOOD & DUPLICATE)
        case "skipped":
            return rows.filter(skip=True)
        case "good":
            return importable(batch)
    return rows


def counts_of(batch: ImportBatch) -> dict[str, int]:
    """How many rows there are of each sort."""
    return {
        "all": batch.rows.count(),
        **{w: rows_shown(batch, w).count() for w in ("good", "faulty", "duplicates", "skipped")},
    }
