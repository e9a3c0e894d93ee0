"""Where the tables of a population are, and what columns they have."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from tiaoli.facts.kinds import Label, Type
from tiaoli.facts.names import nearest
from tiaoli.facts.vocabulary import KINDS, find
from tiaoli.population.sql.engines import Engine
from tiaoli.population.sql.problems import NotForSql
from tiaoli.population.tables.facts import Facts
from tiaoli.population.tables.layout import ID, INCOMPLETE, SUBJECT, attribute_of, mark_of
from tiaoli.population.tables.parts import Parts

__all__ = ["Source", "opened"]


class Source:
    """Tables by kind, as an engine names them. A table that is not there has no records."""

    def __init__(self, engine: Engine, tables: Mapping[str, Any], subjects: str | None) -> None:
        """``tables``: expressions of Ibis."""
        self.engine = engine
        self._tables: dict[str, str] = {}
        self._columns: dict[str, Mapping[str, Any]] = {}
        for kind, table in tables.items():
            self._tables[kind] = engine.name_of(table)
            self._columns[kind] = dict(table.schema().items())
            _check(kind, self._columns[kind])
        self.subject_kind = subjects or self._found()
        if self.subject_kind not in self._tables:
            raise NotForSql(_no_table(self.subject_kind, tables))

    def table(self, kind: str) -> str | None:
        return self._tables.get(kind)

    def columns(self, kind: str) -> Mapping[str, Any]:
        return self._columns.get(kind, {})

    def values(self, kind: str, attribute: str) -> list[int]:
        """The different days, moments or numbers of one column, as a query works with them."""
        if attribute not in self.columns(kind):
            return []
        dialect = self.engine.dialect
        column = dialect.plain(find(kind).attributes[attribute].type, dialect.quoted(attribute))
        sql = f"SELECT DISTINCT {column} AS v FROM {self._tables[kind]}"
        return [int(value) for (value,) in self.engine.rows(sql) if value is not None]

    def _found(self) -> str:
        """The kind of which a table holds the records of subjects themselves."""
        for kind, table in self._tables.items():
            own = f"SELECT 1 AS x FROM {table} WHERE {ID} = {SUBJECT} LIMIT 1"
            if self.engine.rows(own):
                return kind
        raise NotForSql(_NO_SUBJECTS)


_NO_SUBJECTS: Final = Label(
    "沒有一個表有當事人自己的紀錄（id 等於 subject）。請補上，或用 subjects= 指明種類。",
    "No table holds records of the subjects themselves (whose id is the subject). Add them, or "
    'name their kind with "subjects".',
)


def _no_table(kind: str, tables: Mapping[str, Any]) -> Label:
    there = sorted(tables)
    hint = nearest(kind, there) if there else Label("這裡沒有任何表。", "There are no tables.")
    return Label(
        f"找不到當事人的表「{kind}」。{hint.zh}",
        f'There is no table "{kind}" of the subjects. {hint.en}',
    )


def _check(kind: str, columns: Mapping[str, Any]) -> None:
    """The columns that have to be, and the types of all that a rule may read."""
    for name in (SUBJECT, ID):
        if name not in columns:
            raise NotForSql(
                Label(
                    f"表「{kind}」沒有 {name} 欄。每個表都要有；請補上。",
                    f'The table "{kind}" has no column "{name}". Every table has it; add it.',
                )
            )
    for name, found in columns.items():
        says = _wanted(kind, name)
        if says is not None and not says[0](found):
            raise NotForSql(
                Label(
                    f"表「{kind}」的 {name} 欄是 {found}，應為 {says[1]}。請改成文件所記的型別。",
                    f'The column "{name}" of the table "{kind}" is {found}, not {says[1]}. '
                    "Give it the documented type.",
                )
            )


def _wanted(kind: str, name: str) -> tuple[Any, str] | None:
    """What the type of a column must be; None for a column that is not read."""
    if name in (SUBJECT, ID):
        return _IS[Type.TEXT]
    if name == INCOMPLETE:
        return _IS[Type.TEXTS]
    attribute = attribute_of(find(kind), name)
    if attribute is None:
        return None
    if name == attribute.name:
        return _IS[attribute.type]
    return _IS[Type.YES_NO] if name == mark_of(attribute) else None


def _texts(found: Any) -> bool:
    return bool(found.is_array() and found.value_type.is_string())


def _number(found: Any) -> bool:
    return bool(found.is_decimal() or found.is_integer())


_TEXT: Final = (lambda found: found.is_string(), "string")
_WHOLE: Final = (lambda found: found.is_integer(), "int64")
_IS: Final[Mapping[Type, tuple[Any, str]]] = {
    Type.TEXT: _TEXT,
    Type.REFERENCE: _TEXT,
    Type.CHOICE: _TEXT,
    Type.TEXTS: (_texts, "list of string"),
    Type.CHOICES: (_texts, "list of string"),
    Type.WHOLE: _WHOLE,
    Type.DURATION: _WHOLE,
    Type.NUMBER: (_number, "decimal(18, 6)"),
    Type.YES_NO: (lambda found: found.is_boolean(), "boolean"),
    Type.DAY: (lambda found: found.is_date(), "date"),
    Type.MOMENT: (lambda found: found.is_timestamp() and not found.timezone, "timestamp"),
}


def opened(source: Any, backend: Any, subjects: str | None) -> Source:
    """
    ``source``: a folder of Parquet tables, Facts or Parts of them, or a connection of Ibis with
    tables of the documented names; ``backend``: the connection that works, where the source is
    none itself.
    """
    if isinstance(source, Facts):
        engine = Engine.of(backend)
        tables = {kind: engine.put(kind, source.table(kind)) for kind in source.kinds()}
        return Source(engine, tables, source.subject_kind)
    if isinstance(source, Parts):
        engine = Engine.of(backend)
        tables = {kind: engine.put_parts(kind, source.tables(kind)) for kind in source.kinds()}
        return Source(engine, tables, source.subject_kind)
    if isinstance(source, str | Path):
        engine = Engine.of(backend)
        found = {path.stem: engine.parquet(path) for path in _files(Path(source))}
        return Source(engine, found, subjects)
    engine = Engine.of(source if backend is None else backend)
    names = [name for name in engine.tables() if name in KINDS]
    if not names:
        raise NotForSql(_NO_TABLES)
    return Source(engine, {name: engine.table(name) for name in names}, subjects)


_NO_TABLES: Final = Label(
    "資料庫目前的綱要裡沒有紀錄表（例如 practitioner、training）。請依 facts-as-columns 建立，"
    "或改給表的資料夾（指令用 --facts）。",
    "The current schema of the database has no table of a kind of record (such as practitioner or "
    "training). Make them as facts-as-columns says, or give a folder of tables (the option --facts "
    "of the command).",
)


def _files(folder: Path) -> list[Path]:
    """The Parquet tables of a folder; one that was written in parts is a folder itself."""
    found = sorted(path for path in folder.glob("*.parquet") if path.stem in KINDS)
    if not found or any(path.stem in KINDS for path in folder.glob("*.csv")):
        raise NotForSql(
            Label(
                f"{folder} 裡沒有 Parquet 表（<kind>.parquet），或有 CSV。"
                "CSV 請先用 tables.load 與 save 轉存。",
                f"There are no Parquet tables (<kind>.parquet) in {folder}, or there are CSV files "
                "too. Turn CSV into Parquet with tables.load and save first.",
            )
        )
    return found
