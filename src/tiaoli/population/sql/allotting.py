"""
Ledgers: how caps are shared out (``answers.allotment``), over the rows of a loop.

Where all is known, each record gets what is left of its cap, which a running sum tells. Where
something is not, there are bounds only. Both are worked out, and one of them is taken.
"""

from __future__ import annotations

from collections.abc import Sequence

from tiaoli.population.schedule import Fold
from tiaoli.population.sql.keys import joined_key
from tiaoli.population.sql.query import Query
from tiaoli.population.sql.writing import Relation, Writer

__all__ = ["allotted"]

_NAMES = (
    "inside", "added", "may_be_added", "raw", "raw_high", "raw_limited", "factor", "factor_high",
    "factor_limited", "most", "preferred", "known", "later", "day", "more",
)  # fmt: skip


def allotted(rel: Relation, key: Sequence[str], fold: Fold, writer: Writer, query: Query) -> str:
    """The part of the query with ``low``, ``high`` and ``limited`` of a ledger, by ``key``."""
    _, order, _, _ = fold.agg.data.part.split(":")
    work = _Ledger(key, cap_first=order == "cap_first", writer=writer, query=query)
    lines = work.lines(rel, fold)
    kept = work.kept(lines)
    return work.total(work.told(kept))


class _Ledger:
    def __init__(
        self, key: Sequence[str], *, cap_first: bool, writer: Writer, query: Query
    ) -> None:
        self.cap_first, self.writer, self.query = cap_first, writer, query
        self.whole = writer.dialect.whole
        self.by = ", ".join(f"p.{column}" for column in key)

    def lines(self, rel: Relation, fold: Fold) -> str:
        """One row for each record that may count, with the keys of its cap and of its group."""
        rooms = int(fold.agg.data.part.split(":")[2])
        taken, *args = (self.writer.sql(arg, rel) for arg in fold.args)
        own = f"p.{rel.binders[fold.agg.data.binders[0]]}"
        plain = dict(zip(_NAMES, args, strict=False))
        columns = [self.by, f"{own} AS own", *(f"{sql} AS {name}" for name, sql in plain.items())]
        first = 1 + len(_NAMES)
        spans = {"room": (first, first + rooms), "single": (first + rooms, len(fold.args))}
        for name, (start, end) in spans.items():
            columns.append(f"{self._key(rel, fold, start, end, own)} AS {name}")
        sql = f"SELECT {', '.join(columns)}\nFROM {rel.name} p WHERE {taken}"
        return self.query.add("lines", sql, [rel.name])

    def _key(self, rel: Relation, fold: Fold, start: int, end: int, own: str) -> str:
        """Null where it has none, or where it is not known."""
        terms = fold.args[start:end]
        number, alone, *values = (self.writer.sql(term, rel) for term in terms)
        known = self.writer.sql(fold.args[1 + _NAMES.index("known")], rel)
        dialect = self.writer.dialect
        pairs = list(zip(terms[3::2], values[::2], values[1::2], strict=True))
        number_text = dialect.as_text(number)
        together = joined_key([number_text], pairs, dialect)
        by_itself = f"{number_text} || 'r' || {dialect.as_text(own)}"
        return (
            f"CASE WHEN NOT {known} OR {number} < 0 THEN NULL "
            f"WHEN {alone} THEN {by_itself} ELSE {together} END"
        )

    def kept(self, lines: str) -> str:
        """
        Without what is certainly not added, but for that which shares a cap or a group with what
        may be; and for each line what the others say of it.
        """
        may = "(p.added OR p.may_be_added)"
        marked = (
            f"SELECT p.*,\n"
            f"  bool_or({may}) OVER (PARTITION BY {self.by}, p.room) AS room_wanted,\n"
            f"  bool_or({may}) OVER (PARTITION BY {self.by}, p.single) AS single_wanted\n"
            f"FROM {lines} p"
        )
        here = self.query.add("lines", marked, [lines])
        wanted = (
            f"{may} OR NOT p.known OR (p.room IS NOT NULL AND p.room_wanted) "
            "OR (p.single IS NOT NULL AND p.single_wanted)"
        )
        return self.query.add("lines", f"SELECT p.* FROM {here} p WHERE {wanted}", [here])

    def told(self, kept: str) -> str:
        """What each line takes of its cap in turn, and whether it may be a repetition."""
        exact = (
            "p.inside AND (p.added OR NOT p.may_be_added) AND p.known "
            "AND p.raw_limited AND p.raw = p.raw_high "
            "AND p.factor_limited AND p.factor = p.factor_high"
        )
        order = "p.later, p.day, p.own"
        both = "p.raw_limited AND p.factor_limited"
        high = f"CASE WHEN {both} THEN p.raw_high * p.factor_high ELSE 0 END"
        none = "(p.raw_limited AND p.raw_high = 0) OR (p.factor_limited AND p.factor_high = 0)"
        ranked = (
            f"SELECT p.*, ({exact}) AS exact,\n"
            f"  row_number() OVER (PARTITION BY {self.by}, p.single "
            f"ORDER BY CASE WHEN p.preferred THEN 0 ELSE 1 END, {order}) AS place,\n"
            f"  count(*) OVER (PARTITION BY {self.by}, p.single) AS alike,\n"
            f"  count(CASE WHEN NOT p.known THEN 1 END) OVER (PARTITION BY {self.by}) AS unnamed,\n"
            f"  {high} AS product,\n"
            f"  (({both}) OR {none}) AS product_limited\n"
            f"FROM {kept} p"
        )
        first = self.query.add("lines", ranked, [kept])
        want = "p.raw" if self.cap_first else "p.raw * p.factor"
        wants = (
            f"SELECT p.*,\n"
            f"  CASE WHEN p.single IS NOT NULL AND p.place > 1 THEN 0 ELSE {want} END AS want,\n"
            f"  (p.single IS NOT NULL AND (p.alike > 1 OR p.unnamed > 0)) AS may_repeat\n"
            f"FROM {first} p"
        )
        second = self.query.add("lines", wants, [first])
        running = (
            f"sum(p.want) OVER (PARTITION BY {self.by}, p.room ORDER BY {order} "
            "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
        )
        filled = f"SELECT p.*, {self.whole(running)} AS filled\nFROM {second} p"
        return self.query.add("lines", filled, [second])

    def total(self, lines: str) -> str:
        """Of the rooms first, then of all."""
        rooms = self.query.add("rooms", self._rooms(lines), [lines])
        shares = self.query.add("shares", self._bounds(rooms), [rooms])
        exact = "p.exact AND NOT p.more"
        high = "p.limited"
        sql = (
            f"SELECT {self.by},\n"
            f"  CASE WHEN {exact} THEN p.counted ELSE p.low END AS low,\n"
            f"  CASE WHEN {exact} THEN p.counted WHEN {high} THEN p.high ELSE 0 END AS high,\n"
            f"  ({exact} OR {high}) AS limited\n"
            f"FROM {shares} p"
        )
        return self.query.add("ledger", sql, [shares])

    def _rooms(self, lines: str) -> str:
        """Lines whose cap is known by their cap; of the others, and under no cap, one row each."""
        share = "least(p.filled, p.most) - least(p.filled - p.want, p.most)"
        counted = f"CASE WHEN p.room IS NULL THEN p.want ELSE {share} END"
        factor = " * p.factor" if self.cap_first else ""
        raw = "p.raw" if self.cap_first else "p.raw * p.factor"
        most = "p.raw_high" if self.cap_first else "p.product"
        limited = "p.raw_limited" if self.cap_first else "p.product_limited"
        alone = "p.inside AND p.added AND p.known AND NOT p.may_repeat"
        may = "(p.added OR p.may_be_added)"
        own = "CASE WHEN p.room IS NULL THEN p.own ELSE -1 END"
        return (
            f"SELECT {self.by}, p.room,\n"
            f"  bool_and(p.exact) AS exact, bool_or(p.more) AS more,\n"
            f"  bool_or(p.known) AS known, max(p.most) AS most,\n"
            f"  {self._sum(f'({counted}){factor}', 'p.added')} AS counted,\n"
            f"  {self._sum('p.raw * p.factor', alone)} AS alone,\n"
            f"  {self._sum('p.product', may)} AS alone_high,\n"
            f"  bool_and(p.product_limited OR NOT {may}) AS alone_limited,\n"
            f"  {self._sum(raw, 'p.inside AND NOT p.may_repeat')} AS fill,\n"
            f"  {self._sum(most, f'NOT p.added AND {limited}')} AS taken,\n"
            f"  bool_and({limited} OR p.added) AS taken_limited,\n"
            f"  min(p.factor) AS least_factor,\n"
            f"  bool_or({may}) AS any_may,\n"
            f"  {self._sum(most, f'{may} AND {limited}')} AS fill_high,\n"
            f"  bool_and({limited} OR NOT {may}) AS fill_limited,\n"
            f"  max(p.factor_high) FILTER (WHERE {may} AND p.factor_limited) AS most_factor,\n"
            f"  bool_and(p.factor_limited OR NOT {may}) AS factors_limited\n"
            f"FROM {lines} p GROUP BY {self.by}, p.room, {own}"
        )

    def _sum(self, value: str, where: str) -> str:
        return f"coalesce({self.whole(f'sum({value}) FILTER (WHERE {where})')}, 0)"

    def _bounds(self, rooms: str) -> str:
        """What is certain of a cap once others took all that they might, and what is possible."""
        over = f"OVER (PARTITION BY {self.by})"
        unnamed = (
            f"SELECT p.*,\n"
            f"  {self.whole(f'sum(CASE WHEN p.known THEN 0 ELSE p.taken END) {over}')} AS others,\n"
            f"  bool_and(p.known OR p.taken_limited) {over} AS others_limited,\n"
            f"  min(CASE WHEN NOT p.known THEN p.least_factor END) {over} AS others_factor\n"
            f"FROM {rooms} p"
        )
        certain = (
            "CASE WHEN p.more OR NOT p.taken_limited OR NOT p.others_limited THEN 0 "
            "ELSE greatest(0, least(p.fill, p.most) - p.taken - p.others) END"
        )
        possible = "CASE WHEN p.fill_limited THEN least(p.fill_high, p.most) ELSE p.most END"
        limited = "TRUE"
        if self.cap_first:
            least = "least(p.least_factor, coalesce(p.others_factor, p.least_factor))"
            certain = f"({certain}) * {least}"
            possible = f"({possible}) * coalesce(p.most_factor, 0)"
            limited = "p.factors_limited"
        roomy = "p.room IS NOT NULL"
        low = f"CASE WHEN {roomy} THEN {certain} ELSE p.alone END"
        high = f"CASE WHEN NOT {roomy} THEN p.alone_high WHEN p.any_may THEN {possible} ELSE 0 END"
        is_limited = f"CASE WHEN {roomy} THEN NOT p.any_may OR {limited} ELSE p.alone_limited END"
        return (
            f"SELECT {self.by}, bool_and(p.exact) AS exact, bool_or(p.more) AS more,\n"
            f"  {self.whole('sum(p.counted)')} AS counted,\n"
            f"  {self.whole(f'sum({low})')} AS low,\n"
            f"  {self.whole(f'sum({high})')} AS high,\n"
            f"  bool_and({is_limited}) AND NOT bool_or(p.more) AS limited\n"
            f"FROM (\n{unnamed}\n) p GROUP BY {self.by}"
        )
