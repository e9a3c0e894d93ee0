"""The rows of an opened table, read into records. Opening the file is done elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from tiaoli.facts.kinds import Attribute, Label
from tiaoli.facts.plans import TablePlan
from tiaoli.facts.problems import Problem, Unreadable, shown
from tiaoli.facts.records import Draft, misnamed, out_of_order
from tiaoli.facts.values import absent_value, read_id, read_value

__all__ = ["TableRows", "read_rows"]

_TOLD_EVERY: Final = 1000  # rows between two reports of progress

Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class TableRows:
    """
    What a table holds. ``rows`` pairs each row that is not blank with its number in the file, as a
    spreadsheet shows it; the header is row 1. ``problems`` are those of opening the file.
    """

    file: str
    header: tuple[str, ...] = ()
    rows: Sequence[tuple[int, Sequence[object]]] = ()
    problems: tuple[Problem, ...] = ()
    blank_rows: int = 0
    ignored_columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Column:
    attribute: Attribute
    header: str
    index: int
    words: Mapping[str, Any]
    seen: dict[str, Any] = field(default_factory=dict)

    def read(self, cells: Sequence[object]) -> Any:
        """The value in this column. Raises Unreadable; a text met before is not read again."""
        cell = cells[self.index] if self.index < len(cells) else ""
        if cell is None:
            cell = ""  # an empty cell is left out; it does not say that nobody knows
        if not isinstance(cell, str):
            return self._value(cell)
        if cell not in self.seen:
            self.seen[cell] = self._value_or_fault(cell)
        value = self.seen[cell]
        if isinstance(value, Unreadable):
            raise value.with_traceback(None)
        return value

    def _value_or_fault(self, cell: str) -> Any:
        try:
            return self._value(cell)
        except Unreadable as unreadable:
            return unreadable

    def _value(self, cell: object) -> Any:
        if self.words and isinstance(cell, str | int) and (key := str(cell).strip()) in self.words:
            return self.words[key]
        return read_value(self.attribute, cell)


@dataclass(frozen=True, slots=True)
class _RowReader:
    plan: TablePlan
    table: TableRows
    stem: str
    columns: Sequence[_Column]
    id_index: int | None
    problems: list[Problem]

    def read(self, number: int, cells: Sequence[object]) -> Draft:
        place = f"{self.table.file} row {number}"
        self.problems.extend(_beyond(self.table.header, cells, place))
        row_id, values = self._id(number, cells, place), self._values(cells, place)
        plan = self.plan
        draft = Draft(row_id, plan.kind, values, plan.tier, place, plan.columns)
        self.problems.extend(out_of_order(draft))
        return draft

    def _values(self, cells: Sequence[object], place: str) -> dict[str, Any]:
        values = {name: absent_value(a) for name, a in self.plan.kind.attributes.items()}
        values.update(self.plan.constants)
        for column in self.columns:
            try:
                values[column.attribute.name] = column.read(cells)
            except Unreadable as unreadable:
                values[column.attribute.name] = None
                self.problems.append(Problem(f"{place} · {column.header}", unreadable.says))
        return values

    def _id(self, number: int, cells: Sequence[object], place: str) -> str | None:
        if self.id_index is None:
            return f"{self.stem}:{number}"
        try:
            return read_id(cells[self.id_index] if self.id_index < len(cells) else None)
        except Unreadable as unreadable:
            self.problems.append(Problem(f"{place} · {self.plan.id_column}", unreadable.says))
            return None


def read_rows(
    plan: TablePlan, table: TableRows, stem: str, problems: list[Problem], *, tell: Tell
) -> list[Draft]:
    """A record for each row. Ids are ``stem:<row number>`` unless a column gives them."""
    problems.extend(table.problems)
    if not table.header:
        return []
    columns = _columns(plan, table, problems)
    id_index = _index(plan.id_column, table, problems) if plan.id_column else None
    reader = _RowReader(plan, table, stem, columns, id_index, problems)
    return [reader.read(number, cells) for number, cells in _counted(table.rows, tell)]


def _counted(
    rows: Sequence[tuple[int, Sequence[object]]], tell: Tell
) -> Iterator[tuple[int, Sequence[object]]]:
    for done, row in enumerate(rows, 1):
        yield row
        if done % _TOLD_EVERY == 0 or done == len(rows):
            tell(done)


def _columns(plan: TablePlan, table: TableRows, problems: list[Problem]) -> list[_Column]:
    columns = []
    for name, header in plan.columns.items():
        index = _index(header, table, problems)
        if index is not None:
            attribute = plan.kind.attributes[name]
            columns.append(_Column(attribute, header, index, plan.words.get(name, {})))
    return columns


def _index(title: str, table: TableRows, problems: list[Problem]) -> int | None:
    found = table.header.count(title)
    if found == 1:
        return table.header.index(title)
    says = _repeated(title, found) if found else _no_column(title, table.header)
    problem = Problem(f"{table.file} row 1 · {title}", says)
    if problem not in problems:  # one column may give two attributes
        problems.append(problem)
    return None


def _no_column(title: str, header: Sequence[str]) -> Label:
    return misnamed("表格欄位", "column", title, [name for name in header if name])


def _repeated(title: str, found: int) -> Label:
    return Label(
        f"表頭有 {found} 個「{title}」，無法分辨要讀哪一欄。請在檔案裡改名。",
        f'{found} columns are called "{title}", so it is not clear which to read. '
        "Rename them in the file.",
    )


def _beyond(header: Sequence[str], cells: Sequence[object], place: str) -> list[Problem]:
    beyond = [cell for cell in cells[len(header) :] if cell not in (None, "")]
    if not beyond:
        return []
    says = Label(
        f"這一列比表頭多出「{shown(beyond[0])}」。請檢查分隔符號或引號。",
        f'This row goes on beyond the header with "{shown(beyond[0])}". '
        "Check its delimiters and quotes.",
    )
    return [Problem(place, says)]
