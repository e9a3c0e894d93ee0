"""Rows of an import as a page shows them: cells under their attributes, with fields to repair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tiaoli.facts import vocabulary
from tiaoli.facts.kinds import Attribute, Label, Type
from tiaoli.platform.portfolio.models import ImportBatch, ImportRow
from tiaoli.platform.portfolio.publications import SHOWN
from tiaoli.platform.portfolio.tables_in import BEYOND
from tiaoli.platform.portfolio.wording import value_words


@dataclass(frozen=True, slots=True)
class CellShown:
    """
    A cell that can be repaired: ``title`` is its column, which stands at ``place``; ``column`` the
    title where it says more than ``label``; ``options`` what the cell may say.
    """

    title: str
    place: int
    label: Label
    column: str
    text: str
    says: tuple[Label, ...] = ()
    options: tuple[tuple[str, Label], ...] = ()
    day: bool = False


@dataclass(frozen=True, slots=True)
class RowShown:
    """``values`` in the order of ``header_shown``; ``cells`` those that are asked or faulty."""

    row: ImportRow
    values: tuple[Label, ...]
    cells: tuple[CellShown, ...]
    others: tuple[CellShown, ...]
    says: tuple[Label, ...]
    beside: tuple[tuple[str, str], ...]


def header_shown(batch: ImportBatch) -> list[dict[str, Any]]:
    """The attributes that the file gives, with the column of each."""
    attributes = vocabulary.find(batch.kind).attributes
    names = [n for n in attributes if n in batch.columns or n in batch.constants]
    return [{"label": attributes[n].label, "column": batch.columns.get(n, "")} for n in names]


def row_shown(batch: ImportBatch, row: ImportRow) -> RowShown:
    """One row, with fields for what is wrong with it and for what the person is asked."""
    attributes = vocabulary.find(batch.kind).attributes
    names = [n for n in attributes if n in batch.columns or n in batch.constants]
    told: dict[str, list[Label]] = {}
    for problem in row.problems:
        told.setdefault(problem["header"], []).append(Label(problem["zh"], problem["en"]))
    titles = {title: name for name, title in reversed(batch.columns.items())}
    asked = {batch.columns[name] for name in batch.asks if name in batch.columns}
    cells: list[CellShown] = []
    others: list[CellShown] = []
    columns = [*batch.header, *(t for t in row.cells if t.startswith(BEYOND))]
    for place, title in enumerate(columns):
        attribute = attributes.get(titles.get(title, ""))
        beyond = title.startswith(BEYOND)
        if attribute is None and not beyond:
            continue
        shown = _cell((title, place), attribute, row.cells.get(title, ""), told.get(title, []))
        wanted = title in told or title in asked or beyond
        (cells if wanted else others).append(shown)
    known = {cell.title for cell in (*cells, *others)}
    return RowShown(
        row,
        tuple(
            value_words(attributes[n], row.values[n]) if n in row.values else Label("", "")
            for n in names
        ),
        tuple(cells),
        tuple(others),
        tuple(says for title, many in told.items() if title not in known for says in many),
        tuple((t, str(row.cells[t])) for t in SHOWN if t in row.cells and t in batch.header),
    )


def _cell(
    at: tuple[str, int], attribute: Attribute | None, cell: Any, says: list[Label]
) -> CellShown:
    title, place = at
    text = "" if isinstance(cell, dict) else str(cell)
    if attribute is None:
        return CellShown(title, place, Label(title, title), "", text, tuple(says))
    same = title in (attribute.name, attribute.label.zh)
    options = tuple((option.name, option.label) for option in attribute.options)
    if attribute.type is Type.YES_NO:
        options = (("yes", Label("是", "yes")), ("no", Label("否", "no")))
    if attribute.type is Type.CHOICES:
        options = ()
    return CellShown(
        title,
        place,
        attribute.label,
        "" if same else title,
        text,
        tuple(says),
        options,
        attribute.type is Type.DAY,
    )
