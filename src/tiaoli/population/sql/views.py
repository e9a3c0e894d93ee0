"""The tables as a query reads them: plain values, and whether each is known and given."""

from __future__ import annotations

from typing import Final

from tiaoli.facts.kinds import Absent, Attribute, Type
from tiaoli.facts.vocabulary import find
from tiaoli.population.sql.dialects import Dialect
from tiaoli.population.sql.query import Part, Query
from tiaoli.population.sql.sources import Source
from tiaoli.population.tables.layout import ID, INCOMPLETE, SUBJECT, mark_of
from tiaoli.population.terms import Term

__all__ = ["NUMBER", "Views"]

NUMBER: Final = "r"
"""The column of the number that a record has among those of its kind and subject."""


class Views:
    """
    One part of the query for each kind that it reads, with the columns that it reads; and the same
    with the number of each record of a subject, from 0, in the order of ids as Python has it.
    """

    def __init__(self, source: Source, dialect: Dialect) -> None:
        self.source = source
        self.dialect = dialect
        self.subjects = source.engine.own("subjects")
        self._columns: dict[str, dict[str, tuple[str, str]]] = {}
        self._kinds: dict[str, tuple[str, bool]] = {}
        self._incomplete: dict[str, str] = {}

    def of(self, kind: str, *, numbered: bool) -> str:
        """The part with the records of a kind."""
        self._columns.setdefault(kind, {})
        name = self.source.engine.own(f"{'n' if numbered else 'v'}_{kind}")
        self._kinds[name] = (kind, numbered)
        return name

    def column(self, term: Term) -> str:
        """The column of what an ``at`` asks."""
        kind, attribute, part = term.data
        return ID if attribute == ID else self.attribute(kind, attribute, part)

    def attribute(self, kind: str, attribute: str, part: str) -> str:
        name = self.dialect.quoted(f"{attribute}__{part}")
        self._columns.setdefault(kind, {})[name] = (attribute, part)
        return name

    def incomplete(self, kind: str) -> str:
        """The column of the subjects that says whether records of a kind may not be listed."""
        self._incomplete[kind] = f"i_{kind}"
        return f"i_{kind}"

    def written(self, query: Query) -> None:
        """Put the parts into the query, now that it is known which columns it reads."""
        query.put(Part(self.subjects, self._subjects(), ()))
        for name, (kind, numbered) in self._kinds.items():
            query.put(Part(name, self._view(kind, numbered=numbered), (), dear=numbered))

    def _subjects(self) -> str:
        kind = self.source.subject_kind
        columns = [f"{SUBJECT} AS s"]
        for one, column in self._incomplete.items():
            columns.append(f"{self._is_incomplete(one)} AS {column}")
        table = self.source.table(kind)
        return f"SELECT {', '.join(columns)}\nFROM {table} WHERE {ID} = {SUBJECT}"

    def _is_incomplete(self, kind: str) -> str:
        if INCOMPLETE not in self.source.columns(self.source.subject_kind):
            return "FALSE"
        listed = self.dialect.plain(Type.TEXTS, INCOMPLETE)
        return f"coalesce({self.dialect.holds(listed, self.dialect.text(kind))}, FALSE)"

    def _view(self, kind: str, *, numbered: bool) -> str:
        columns = [f"{SUBJECT} AS s", ID]
        for name, (attribute, part) in self._columns[kind].items():
            sql = self._part(kind, find(kind).attributes[attribute], part)
            columns.append(f"{sql} AS {name}")
        if numbered:
            order = f"PARTITION BY {SUBJECT} ORDER BY {ID}{self.dialect.binary_order}"
            columns.append(f"row_number() OVER ({order}) - 1 AS {NUMBER}")
        table = self.source.table(kind)
        if table is None:
            return f"SELECT {', '.join(columns)}\nFROM {self._nobody()} WHERE FALSE"
        return f"SELECT {', '.join(columns)}\nFROM {table}"

    def _nobody(self) -> str:
        null = f"CAST(NULL AS {self.dialect.text_type})"
        return f"(SELECT {null} AS {SUBJECT}, {null} AS {ID}) nobody"

    def _part(self, kind: str, attribute: Attribute, part: str) -> str:
        """A column that is not there is null throughout."""
        there = self.source.columns(kind)
        column, mark = self.dialect.quoted(attribute.name), mark_of(attribute)
        marked = f"coalesce({self.dialect.quoted(mark)}, FALSE)" if mark in there else "FALSE"
        given = f"({column} IS NOT NULL)" if attribute.name in there else "FALSE"
        if part == "given":
            return given
        if part == "known":
            usual = f"NOT {marked}" if attribute.absent is Absent.NONE else marked
            return f"({given} OR {usual})"
        if attribute.name not in there:
            return self.dialect.nothing(attribute.type)
        value = self.dialect.plain(attribute.type, column)
        return f"coalesce({value}, FALSE)" if attribute.type is Type.YES_NO else value
