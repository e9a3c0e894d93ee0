"""
The few things that DuckDB, PostgreSQL and Spark write differently.

Days are whole numbers (``date.toordinal``) and moments whole seconds since 0001-01-01 inside a
query: all three engines compare and add those alike. What they all write alike stands in
``writing``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tiaoli.facts.kinds import Type

__all__ = ["DIALECTS", "EPOCH", "Dialect"]

EPOCH: Final = 719_163  # date(1970, 1, 1).toordinal()
_EPOCH_SECONDS: Final = (EPOCH - 1) * 86_400


class Dialect:
    """DuckDB, and what the others share with it."""

    name = "duckdb"
    text_type = "VARCHAR"
    texts_type = "VARCHAR[]"
    fence = ""
    """At the end of a layer, so that its columns are not worked out again by each that uses it."""
    can_keep = True
    """Whether a part of a query can be kept for several uses (``AS MATERIALIZED``)."""
    in_steps = False
    """Whether what is used again is sooner a table first, whose size the engine knows."""
    can_pick = True
    """Whether it can gather a value at the greatest of something else (``at_greatest``)."""
    binary_order = ""
    """After a text that is ordered by, so that texts are in the order of their code points."""

    # Names and constants

    def quoted(self, name: str) -> str:
        return '"' + name.replace('"', '""') + '"'

    def text(self, text: str) -> str:
        return "'" + text.replace("'", "''") + "'"

    def letter(self, number: int) -> str:
        return f"chr({number})"

    def part(self, name: str, query: str, *, kept: bool) -> str:
        """One named part of a query."""
        if not self.can_keep:
            return f"{name} AS (\n{query}\n)"
        how = "MATERIALIZED" if kept else "NOT MATERIALIZED"
        return f"{name} AS {how} (\n{query}\n)"

    # From what is documented to plain numbers

    def plain(self, type: Type, column: str) -> str:
        """The value of a column as a query works with it."""
        match type:
            case Type.DAY:
                return self.day(column)
            case Type.MOMENT:
                return self.moment(column)
            case Type.NUMBER:
                return self.whole(f"CAST({column} AS DECIMAL(24,6)) * 1000000")
            case Type.WHOLE | Type.DURATION:
                return self.whole(column)
        return column

    def nothing(self, type: Type) -> str:
        """The value of a column that is not there."""
        match type:
            case Type.YES_NO:
                return "FALSE"
            case Type.TEXTS | Type.CHOICES:
                return f"CAST(NULL AS {self.texts_type})"
            case Type.TEXT | Type.REFERENCE | Type.CHOICE:
                return f"CAST(NULL AS {self.text_type})"
        return "CAST(NULL AS BIGINT)"

    def day(self, column: str) -> str:
        return f"CAST(({column} - DATE '1970-01-01') + {EPOCH} AS INTEGER)"

    def moment(self, column: str) -> str:
        seconds = f"date_diff('second', TIMESTAMP '1970-01-01', CAST({column} AS TIMESTAMP))"
        return f"({seconds} + {_EPOCH_SECONDS})"

    # Numbers, days and texts

    def whole(self, value: str) -> str:
        return f"CAST({value} AS BIGINT)"

    def as_text(self, value: str) -> str:
        return f"CAST({value} AS {self.text_type})"

    def floordiv(self, one: str, by: str) -> str:
        return f"({one} // {by})"

    def date(self, day: str) -> str:
        return f"(DATE '1970-01-01' + CAST({day} - {EPOCH} AS INTEGER))"

    def year(self, day: str) -> str:
        return f"year({self.date(day)})"

    def decimal(self, whole: str, scale: int) -> str:
        """A whole number of units of a scale as the decimal that it stands for."""
        unit = "0." + "0" * (scale - 1) + "1"
        small, large = f"DECIMAL({scale + 1},{scale})", "DECIMAL(19,0)"
        return f"(CAST({whole} AS {large}) * CAST({unit} AS {small}))"

    def holds_text(self, whole: str, part: str) -> str:
        return f"contains({whole}, {self.text(part)})"

    # Lists

    def includes(self, many: str, options: Sequence[str]) -> str:
        """Sooner one after another than ``list_has_all``, which makes a set of each list."""
        return "(" + " AND ".join(self.holds(many, self.text(one)) for one in options) + ")"

    def holds(self, many: str, one: str) -> str:
        return f"list_contains({many}, {one})"

    def length(self, many: str, *, distinct: bool) -> str:
        return f"len(list_distinct({many}))" if distinct else f"len({many})"

    def how_many_in(self, lists: Sequence[str]) -> str:
        """How many different texts there are in several lists of texts that may be null."""
        joined = ", ".join(f"coalesce({one}, [])" for one in lists)
        return f"len(list_distinct(list_concat({joined})))"

    # Over rows

    def list_of(self, value: str, where: str) -> str:
        return f"list(DISTINCT {value}) FILTER (WHERE {where})"

    def at_greatest(self, value: str, place: Sequence[str], where: str) -> str:
        """The value, which may be null, of the row whose place is the last."""
        return f"arg_max_null({value}, ({', '.join(place)})) FILTER (WHERE {where})"

    def middle(self, value: str, where: str) -> str:
        """Of an even number the lower of the two."""
        return f"quantile_disc({value}, 0.5) FILTER (WHERE {where})"

    def turns(self, first: int, until: int) -> str:
        """Numbers as a table ``g`` with the column ``n``."""
        return f"range({first}, {until}) AS g(n)"


class Postgres(Dialect):
    name = "postgres"
    text_type = "TEXT"
    texts_type = "TEXT[]"
    fence = " OFFSET 0"
    in_steps = True
    can_pick = False
    binary_order = ' COLLATE "C"'

    def plain(self, type: Type, column: str) -> str:
        """Lists are of one type, however long their texts may be."""
        if type in (Type.TEXTS, Type.CHOICES):
            return f"CAST({column} AS TEXT[])"
        return super().plain(type, column)

    def moment(self, column: str) -> str:
        return f"(CAST(extract(epoch FROM {column}) AS BIGINT) + {_EPOCH_SECONDS})"

    def floordiv(self, one: str, by: str) -> str:
        return f"({one} / {by})"

    def year(self, day: str) -> str:
        return f"CAST(extract(year FROM {self.date(day)}) AS BIGINT)"

    def holds_text(self, whole: str, part: str) -> str:
        return f"(strpos({whole}, {self.text(part)}) > 0)"

    def includes(self, many: str, options: Sequence[str]) -> str:
        wanted = ", ".join(map(self.text, options))
        return f"({many} @> ARRAY[{wanted}]::TEXT[])"

    def holds(self, many: str, one: str) -> str:
        return f"({one} = ANY({many}))"

    def length(self, many: str, *, distinct: bool) -> str:
        what = "DISTINCT x" if distinct else "x"
        counted = f"(SELECT count({what}) FROM unnest({many}) AS u(x))"
        return f"CASE WHEN {many} IS NULL THEN NULL ELSE {counted} END"

    def how_many_in(self, lists: Sequence[str]) -> str:
        joined = " || ".join(f"coalesce({one}, ARRAY[]::TEXT[])" for one in lists)
        return f"(SELECT count(DISTINCT x) FROM unnest({joined}) AS u(x))"

    def list_of(self, value: str, where: str) -> str:
        return f"array_agg(DISTINCT {value}) FILTER (WHERE {where})"

    def middle(self, value: str, where: str) -> str:
        return f"percentile_disc(0.5) WITHIN GROUP (ORDER BY {value}) FILTER (WHERE {where})"

    def turns(self, first: int, until: int) -> str:
        return f"generate_series({first}, {until - 1}) AS g(n)"


class Spark(Dialect):
    name = "pyspark"
    text_type = "STRING"
    texts_type = "ARRAY<STRING>"
    can_keep = False
    in_steps = True
    can_pick = False

    def quoted(self, name: str) -> str:
        return "`" + name.replace("`", "``") + "`"

    def text(self, text: str) -> str:
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"

    def letter(self, number: int) -> str:
        return f"char({number})"

    def day(self, column: str) -> str:
        return f"(unix_date({column}) + {EPOCH})"

    def moment(self, column: str) -> str:
        start, end = "TIMESTAMP_NTZ '1970-01-01'", f"CAST({column} AS TIMESTAMP_NTZ)"
        return f"(timestampdiff(SECOND, {start}, {end}) + {_EPOCH_SECONDS})"

    def floordiv(self, one: str, by: str) -> str:
        return f"({one} div {by})"

    def date(self, day: str) -> str:
        return f"date_from_unix_date(CAST({day} - {EPOCH} AS INT))"

    def holds(self, many: str, one: str) -> str:
        return f"array_contains({many}, {one})"

    def length(self, many: str, *, distinct: bool) -> str:
        return f"size(array_distinct({many}))" if distinct else f"size({many})"

    def how_many_in(self, lists: Sequence[str]) -> str:
        joined = ", ".join(f"coalesce({one}, array())" for one in lists)
        return f"size(array_distinct(concat({joined})))"

    def list_of(self, value: str, where: str) -> str:
        return f"collect_set({value}) FILTER (WHERE {where})"

    def middle(self, value: str, where: str) -> str:
        """Its percentiles are floating point; the middle of a sorted list is not."""
        many = f"sort_array(collect_list({value}) FILTER (WHERE {where}))"
        number = f"count(*) FILTER (WHERE {where})"
        return f"get({many}, CAST(({number} - 1) div 2 AS INT))"

    def turns(self, first: int, until: int) -> str:
        return f"(SELECT id AS n FROM range({first}, {until})) AS g"


DIALECTS: Final = {one.name: one for one in (Dialect(), Postgres(), Spark())}
