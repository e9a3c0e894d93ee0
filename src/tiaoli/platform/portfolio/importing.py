"""
A file into the portfolio: read, repaired in place, and imported once, all of it or nothing.

    batch = start(by, person, name="個案.xlsx", raw=…, kind="")
    arrange(by, batch, columns=…, constants=…, words=…)
    repair(by, row, cells=…)      skip(by, batch, numbers=…, skipped=True)
    confirm(by, batch, version=batch.version)

Nothing is in the portfolio before ``confirm``, which is one transaction: a server that dies in it
leaves the batch as it was, and to confirm twice imports once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from django.core.files.base import ContentFile

from tiaoli.facts import vocabulary
from tiaoli.facts.kinds import Label
from tiaoli.facts.problems import Unreadable
from tiaoli.facts.values import read_value
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor, OutOfDate, Refused, Told, action
from tiaoli.platform.people.models import Person
from tiaoli.platform.portfolio import bibliographies, publications
from tiaoli.platform.portfolio.contents import content_of
from tiaoli.platform.portfolio.dossiers import day_of
from tiaoli.platform.portfolio.evidence import keep
from tiaoli.platform.portfolio.models import ImportBatch, ImportRow, Record, Source, Tier
from tiaoli.platform.portfolio.permissions import may_change
from tiaoli.platform.portfolio.rows_in import (
    DUPLICATE,
    find_duplicates,
    importable,
    read_into,
    referable_in,
    reference_faults,
)
from tiaoli.platform.portfolio.tables_in import guessed_columns, guessed_kind, opened

_AT_ONCE: Final = 1_000
_LONGEST: Final = 2_000
"""Characters that a repaired cell may have."""


def _may(by: Actor, thing: ImportBatch | ImportRow) -> Label | None:
    batch = thing.batch if isinstance(thing, ImportRow) else thing
    return may_change(by, batch.person)


@action("portfolio.start_import", Label("上傳匯入檔", "upload a file"), allowed=may_change)
def start(by: Actor, person: Person, *, name: str, raw: bytes, kind: str = "") -> Told[ImportBatch]:
    """
    The file, read as far as its columns and words can be guessed. Raises Refused for a file that
    cannot be read, or whose kind has to be named.
    """
    if bibliographies.is_bibliography(raw):
        batch, cells = _of_bibliography(person, raw, name)
    else:
        batch, cells = _of_table(person, raw, name, kind)
    batch.name, batch.made_by, batch.made = name[:200], by.account, clock.now()
    batch.file.save("import", ContentFile(raw), save=False)
    try:
        batch.save()
        rows = [ImportRow(batch=batch, number=number, cells=row) for number, row in cells]
        _read_and_keep(batch, rows)
    except BaseException:
        batch.file.delete(save=False)
        raise
    return Told(batch, person, {"kind": batch.kind, "rows": len(rows)}, {"file": batch.name})


def _of_table(
    person: Person, raw: bytes, name: str, kind: str
) -> tuple[ImportBatch, list[tuple[int, dict[str, Any]]]]:
    table = opened(raw, name)
    chosen = kind or guessed_kind(table.header)
    if not chosen:
        raise Refused(
            Label(
                "從表頭看不出這是哪一種紀錄。請選擇種類，或下載該種類的範本。",
                "The header does not tell which kind of record this is. Choose the kind, or "
                "download its template.",
            )
        )
    declared = vocabulary.find(chosen)
    batch = ImportBatch(
        person=person,
        kind=chosen,
        sheet=table.sheet,
        sheets=list(table.sheets),
        header=list(table.header),
        columns=guessed_columns(declared, table.header),
        told=[_plain(says) for says in table.told],
    )
    return batch, list(table.rows)


def _of_bibliography(
    person: Person, raw: bytes, name: str
) -> tuple[ImportBatch, list[tuple[int, dict[str, Any]]]]:
    found = bibliographies.entries(raw, name)
    read = [publications.cells_of(entry) for entry in found.entries]
    told = list(found.told)
    if left := [e for e, cells in zip(found.entries, read, strict=True) if cells is None]:
        sorts = "、".join(sorted({s.partition(":")[2] for e in left for s in e.sorts}))
        told.append(
            Label(
                f"{len(left)} 筆不是論文（{sorts}），沒有列入。",
                f"{len(left)} entries are no papers ({sorts}) and are left out.",
            )
        )
    if not any(read):
        raise Refused(told[-1])
    header = [*publications.HEADER, *publications.SHOWN]
    batch = ImportBatch(
        person=person,
        kind=publications.KIND,
        source=Source.PUBLICATIONS,
        header=header,
        columns={name: name for name in publications.HEADER},
        asks=list(publications.ASKED),
        told=[_plain(says) for says in told],
    )
    return batch, [(place, cells) for place, cells in enumerate(read, 1) if cells is not None]


def _plain(says: Label) -> dict[str, str]:
    return {"zh": says.zh, "en": says.en}


@action("portfolio.arrange_import", Label("設定匯入欄位", "say what columns are"), allowed=_may)
def arrange(
    by: Actor,
    batch: ImportBatch,
    *,
    columns: Mapping[str, str] | None = None,
    constants: Mapping[str, str] | None = None,
    words: Mapping[str, Mapping[str, str]] | None = None,
    kind: str | None = None,
    sheet: str | None = None,
    keep_file: bool | None = None,
) -> Told[ImportBatch]:
    """
    Which column gives which attribute, what all rows say (or those that say nothing), and what the
    file's own words stand for; every row is read again. Raises Refused, naming what cannot be.
    """
    locked = _open(batch)
    if sheet is not None and sheet in locked.sheets and sheet != locked.sheet:
        _another_sheet(locked, sheet)
    if kind is not None and kind != locked.kind:
        locked.kind, locked.constants, locked.words = vocabulary.find(kind).name, {}, {}
        locked.columns = guessed_columns(vocabulary.find(kind), locked.header)
    attributes = vocabulary.find(locked.kind).attributes
    if columns is not None:
        locked.columns = _checked_columns(locked, columns)
    if constants is not None:
        locked.constants = {n: t.strip() for n, t in constants.items() if t.strip()}
        _readable(locked.kind, [(name, text) for name, text in locked.constants.items()])
    for name, meanings in (words or {}).items():
        if name in attributes:
            said = {word: means for word, means in meanings.items() if means}
            _readable(locked.kind, [(name, means) for means in said.values()])
            locked.words[name] = {**locked.words.get(name, {}), **said}
    if keep_file is not None:
        locked.keep_file = keep_file and locked.source == Source.IMPORT
    locked.version += 1
    _read_and_keep(locked, list(locked.rows.all()))
    return Told(locked, locked.person, {"kind": locked.kind, "columns": locked.columns})


def _another_sheet(batch: ImportBatch, sheet: str) -> None:
    with batch.file.open("rb") as file:
        table = opened(file.read(), batch.name, sheet)
    batch.sheet, batch.header = sheet, list(table.header)
    batch.columns = guessed_columns(vocabulary.find(batch.kind), table.header)
    batch.told = [_plain(says) for says in table.told]
    batch.rows.all().delete()
    ImportRow.objects.bulk_create(
        [ImportRow(batch=batch, number=number, cells=cells) for number, cells in table.rows],
        batch_size=_AT_ONCE,
    )


def _checked_columns(batch: ImportBatch, columns: Mapping[str, str]) -> dict[str, str]:
    attributes = vocabulary.find(batch.kind).attributes
    chosen = {name: title for name, title in columns.items() if title}
    for name, title in chosen.items():
        if name not in attributes or title not in batch.header:
            raise Refused(Label(f"沒有「{title}」這一欄。", f'There is no column "{title}".'))
    return chosen


def _readable(kind: str, said: Iterable[tuple[str, str]]) -> None:
    attributes = vocabulary.find(kind).attributes
    for name, text in said:
        if name not in attributes:
            raise Refused(Label(f"沒有「{name}」這個屬性。", f'There is no attribute "{name}".'))
        try:
            read_value(attributes[name], text)
        except Unreadable as unreadable:
            raise Refused(unreadable.says) from None


@action("portfolio.repair_row", Label("修正匯入列", "repair a row"), allowed=_may)
def repair(by: Actor, row: ImportRow, *, cells: Mapping[str, str]) -> Told[ImportRow]:
    """The row with other texts in some cells, read again."""
    batch = _open(row.batch)
    locked = ImportRow.objects.select_for_update().get(pk=row.pk, batch=batch)
    for title, text in cells.items():
        if title in batch.header or title in locked.cells:
            locked.cells[title] = text.strip()[:_LONGEST]
    locked.cells = {title: cell for title, cell in locked.cells.items() if cell != ""}
    locked.repaired, locked.batch = True, batch
    read_into(batch, [locked])
    locked.save()
    _find_duplicates(batch)
    return Told(ImportRow.objects.get(pk=row.pk), batch.person, {"row": row.number})


@action("portfolio.skip_rows", Label("略過或納入匯入列", "skip or take rows"), allowed=_may)
def skip(
    by: Actor,
    batch: ImportBatch,
    *,
    numbers: Collection[int] | None = None,
    skipped: bool | None = None,
    anyway: bool | None = None,
) -> Told[ImportBatch]:
    """
    Rows that are not to be imported (``skipped``), or are although they say the same as another
    (``anyway``); ``numbers`` None: all of which that can be said.
    """
    locked = _open(batch)
    rows = locked.rows.all() if numbers is None else locked.rows.filter(number__in=numbers)
    changed = 0
    if skipped is not None:
        chosen = rows.exclude(problems=[]) if numbers is None else rows
        changed = chosen.update(skip=skipped)
    if anyway is not None:
        changed = rows.filter(DUPLICATE).update(anyway=anyway)
    _find_duplicates(locked)
    told = {"rows": changed, "skip": skipped, "anyway": anyway}
    return Told(locked, locked.person, told)


@action("portfolio.confirm_import", Label("確認匯入", "confirm an import"), allowed=_may)
def confirm(by: Actor, batch: ImportBatch, *, version: int) -> Told[ImportBatch]:
    """
    All good rows become records, in one transaction. A second time changes nothing.

    Rows that have become duplicates since they were shown, or refer to what is no longer there,
    are left out. Raises OutOfDate where the columns have changed since.
    """
    locked = _locked(batch)
    if locked.state == ImportBatch.State.IMPORTED:
        return Told(locked, locked.person, {"again": True, "records": locked.imported})
    _still_open(locked)
    if locked.version != version:
        raise OutOfDate(
            Label(
                "欄位的設定在您打開這一頁之後改過。請重新整理，看過預覽再確認。",
                "What columns mean was changed after you opened the page. Reload it, look at the "
                "preview, and confirm then.",
            )
        )
    person = Person.objects.select_for_update().get(pk=locked.person_id)
    _find_duplicates(locked)
    there = referable_in(locked)
    rows = [row for row in importable(locked) if not reference_faults(locked, row, there)]
    records = _records(by, person, locked, rows)
    Record.objects.bulk_create(records, batch_size=_AT_ONCE)
    if locked.keep_file and records:
        _as_evidence(by, person, locked, records)
    locked.state, locked.finished = ImportBatch.State.IMPORTED, clock.now()
    locked.imported = len(records)
    locked.save()
    told = {
        "kind": locked.kind,
        "records": len(records),
        "first": records[0].fact if records else "",
    }
    return Told(locked, person, told, {"file": locked.name})


def _records(
    by: Actor, person: Person, batch: ImportBatch, rows: Iterable[ImportRow]
) -> list[Record]:
    taken = set(person.records.filter(kind=batch.kind).values_list("fact", flat=True))
    number, now = len(taken), clock.now()
    made = []
    for row in rows:
        number += 1
        while f"{batch.kind}:{number}" in taken:
            number += 1
        made.append(
            Record(
                person=person,
                fact=f"{batch.kind}:{number}",
                kind=batch.kind,
                values=row.values,
                tier=Tier.DOCUMENTED if batch.keep_file else Tier.CLAIMED,
                source=batch.source,
                happens=day_of(batch.kind, row.values),
                entered_by=by.account,
                entered=now,
                changed=now,
            )
        )
    return made


def _as_evidence(by: Actor, person: Person, batch: ImportBatch, records: list[Record]) -> None:
    with batch.file.open("rb") as opened_file:
        raw = opened_file.read()
    content = content_of(raw, batch.name)
    batch.evidence = keep(by, person, name=batch.name, raw=raw, content=content)
    through = Record.files.through
    links = [through(evidencefile=batch.evidence, record=record) for record in records]
    through.objects.bulk_create(links, batch_size=_AT_ONCE)


@action("portfolio.discard_import", Label("捨棄匯入", "discard an import"), allowed=_may)
def discard(by: Actor, batch: ImportBatch) -> Told[ImportBatch]:
    """Nothing of it is imported; its rows are forgotten."""
    locked = _open(batch)
    locked.state, locked.finished = ImportBatch.State.DISCARDED, clock.now()
    locked.save()
    locked.rows.all().delete()
    return Told(locked, locked.person, {"kind": locked.kind}, {"file": locked.name})


# --- Locking and keeping -----------------------------------------------------------------


def _locked(batch: ImportBatch) -> ImportBatch:
    found: ImportBatch = (
        ImportBatch.objects.select_for_update(of=("self",))
        .select_related("person")
        .get(pk=batch.pk)
    )
    return found


def _open(batch: ImportBatch) -> ImportBatch:
    locked = _locked(batch)
    _still_open(locked)
    return locked


def _still_open(batch: ImportBatch) -> None:
    if batch.state != ImportBatch.State.READY:
        what = ImportBatch.State.of(batch.state).label
        raise Refused(Label(f"這份檔案{what.zh}，不能再更動。", f"This file is {what.en}."))


def _read_and_keep(batch: ImportBatch, rows: list[ImportRow]) -> None:
    """Read every row and write them anew: quicker than to update thousands one by one."""
    read_into(batch, rows)
    find_duplicates(batch, rows)
    batch.rows.all().delete()
    for row in rows:
        row.pk = None
        row._state.adding = True
    ImportRow.objects.bulk_create(rows, batch_size=_AT_ONCE)
    batch.save()


def _find_duplicates(batch: ImportBatch) -> None:
    rows = list(batch.rows.all())
    before = [(row.repeats, row.duplicate_of_id) for row in rows]
    find_duplicates(batch, rows)
    changed = [
        row
        for row, was in zip(rows, before, strict=True)
        if (row.repeats, row.duplicate_of_id) != was
    ]
    ImportRow.objects.bulk_update(changed, ("repeats", "duplicate_of"), batch_size=_AT_ONCE)
