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
from tiaoli.population.terms import Term

__all__ = ["allotted"]

_NAMES = (
    "inside", "added", "may_be_added", "raw", "raw_high", "raw_limited", "factor", "factor_high",
    "factor_limited", "most", "highest", "known", "later", "day", "more",
)  # fmt: skip


def allotted(rel: Relation, key: Sequence[str], fold: Fold, writer: Writer, query: Query) -> str:
    """The part of the query with ``low``, ``high`` and ``limited`` of a ledger, by ``key``."""
    order = fold.agg.data.part.split(":")[1]
    step = fold.args[-1]
    truncated = "" if step.op == "const" else writer.sql(step, rel)
    work = _Ledger(key, cap_first=order == "cap_first", step=truncated, writer=writer, query=query)
    lines = work.lines(rel, fold)
    kept = work.kept(lines)
    return work.total(work.told(kept, lines))


def _is_none(number: Term) -> bool:
    """Whether no record has a cap, or a group, of the sort."""
    return bool(number.op == "const" and number.data < 0)


_SHARE = (
    "CASE WHEN p.room IS NULL THEN p.want "
    "ELSE least(p.filled, p.most) - least(p.filled - p.want, p.most) END"
)
"""What a line gets of its cap once those before it have had theirs."""


class _Ledger:
    def __init__(
        self, key: Sequence[str], *, cap_first: bool, step: str, writer: Writer, query: Query
    ) -> None:
        self.cap_first, self.step, self.writer, self.query = cap_first, step, writer, query
        self.whole = writer.dialect.whole
        self.key = key
        self.by = ", ".join(f"p.{column}" for column in key)
        self.groups: list[str] = []
        """The caps and groups that there are: ``room``, ``single`` and ``pool``."""

    def lines(self, rel: Relation, fold: Fold) -> str:
        """One row for each record that may count, with the keys of its cap and of its group."""
        widths = [int(width) for width in fold.agg.data.part.split(":")[2:5]]
        taken, *args = (self.writer.sql(arg, rel) for arg in fold.args)
        own = f"p.{rel.binders[fold.agg.data.binders[0]]}"
        plain = dict(zip(_NAMES, args, strict=False))
        columns = [self.by, f"{own} AS own", *(f"{sql} AS {name}" for name, sql in plain.items())]
        start = 1 + len(_NAMES)
        for name, width in zip(("room", "single", "pool"), widths, strict=True):
            if not _is_none(fold.args[start]):
                self.groups.append(name)
            columns.append(f"{self._key(rel, fold, start, start + width, own)} AS {name}")
            start += width
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
        may be. Looked up, since windows would sort all lines once for each.
        """
        may = "(p.added OR p.may_be_added)"
        wanted = [may, "NOT p.known"]
        source, uses = [f"{lines} p"], [lines]
        for number, group in enumerate(self.groups):
            which = f"{may} AND p.{group} IS NOT NULL"
            sql = f"SELECT DISTINCT {self.by}, p.{group}\nFROM {lines} p WHERE {which}"
            uses.append(self.query.add("wanted", sql, [lines]))
            source.append(self._beside(uses[-1], f"j{number}", [*self.key, group]))
            wanted.append(f"j{number}.{group} IS NOT NULL")
        sql = f"SELECT p.*\nFROM {' '.join(source)} WHERE {' OR '.join(wanted)}"
        return self.query.add("lines", sql, uses)

    def _beside(self, part: str, name: str, columns: Sequence[str]) -> str:
        on = " AND ".join(f"{name}.{column} = p.{column}" for column in columns)
        return f"LEFT JOIN {part} {name} ON {on}"

    def told(self, kept: str, lines: str) -> str:
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
        sql = f"SELECT DISTINCT {self.by}\nFROM {lines} p WHERE NOT p.known"
        unnamed = self.query.add("unnamed", sql, [lines])
        ranked = (
            f"SELECT p.*, ({exact}) AS exact,\n"
            f"  row_number() OVER (PARTITION BY {self.by}, p.single "
            f"ORDER BY CASE WHEN p.highest THEN -(p.raw * p.factor) ELSE 0 END, {order}) "
            "AS place,\n"
            f"  count(*) OVER (PARTITION BY {self.by}, p.single) AS alike,\n"
            f"  (u.{self.key[0]} IS NOT NULL) AS unnamed,\n"
            f"  {high} AS product,\n"
            f"  (({both}) OR {none}) AS product_limited\n"
            f"FROM {kept} p {self._beside(unnamed, 'u', self.key)}"
        )
        first = self.query.add("lines", ranked, [kept, unnamed])
        wants = (
            f"SELECT p.*,\n"
            f"  (p.single IS NOT NULL AND p.place > 1) AS repeated,\n"
            f"  (p.single IS NOT NULL AND (p.alike > 1 OR p.unnamed)) AS may_repeat,\n"
            f"  {self._in_steps('p.raw * p.factor')} AS worth,\n"
            f"  {self._in_steps('p.product')} + {self._rounded_up()} AS worth_high\n"
            f"FROM {first} p"
        )
        second = self.query.add("lines", wants, [first])
        if self.cap_first:
            filled = self._filled(second, "p.raw", order)
            return self._truncated(filled, f"({_SHARE}) * p.factor", "counted", order)
        truncated = self._truncated(second, "p.raw * p.factor", "worth_in_turn", order)
        filled = self._filled(truncated, "p.worth_in_turn", order)
        counted = f"SELECT p.*, {_SHARE} AS counted\nFROM {filled} p"
        return self.query.add("lines", counted, [filled])

    def _in_steps(self, value: str) -> str:
        """Truncated to whole steps; of no step, as it is."""
        if not self.step:
            return f"({value})"
        return f"({self.writer.dialect.floordiv(f'({value})', self.step)} * {self.step})"

    def _rounded_up(self) -> str:
        """With others in a pool, or it is not known with which, it may be one step more."""
        if not self.step:
            return "0"
        return f"CASE WHEN p.known AND p.pool IS NULL THEN 0 ELSE {self.step} END"

    def _filled(self, lines: str, want: str, order: str) -> str:
        """What each line wants of its cap, and what has been wanted so far."""
        wanted = f"SELECT p.*, CASE WHEN p.repeated THEN 0 ELSE {want} END AS want\nFROM {lines} p"
        first = self.query.add("lines", wanted, [lines])
        running = (
            f"sum(p.want) OVER (PARTITION BY {self.by}, p.room ORDER BY {order} "
            "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
        )
        filled = f"SELECT p.*, {self.whole(running)} AS filled\nFROM {first} p"
        return self.query.add("lines", filled, [first])

    def _truncated(self, lines: str, value: str, name: str, order: str) -> str:
        """``value`` of each line in whole steps, together with those before it in its pool."""
        part = f"CASE WHEN p.repeated THEN 0 ELSE {value} END"
        if not self.step:
            return self.query.add("lines", f"SELECT p.*, {part} AS {name}\nFROM {lines} p", [lines])
        each = self.query.add("lines", f"SELECT p.*, {part} AS part\nFROM {lines} p", [lines])
        running = (
            f"sum(p.part) OVER (PARTITION BY {self.by}, p.pool ORDER BY {order} "
            "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
        )
        pooled = f"SELECT p.*, {self.whole(running)} AS pooled\nFROM {each} p"
        second = self.query.add("lines", pooled, [each])
        together = f"{self._in_steps('p.pooled')} - {self._in_steps('p.pooled - p.part')}"
        alone = self._in_steps("p.part")
        sql = (
            f"SELECT p.*, CASE WHEN p.pool IS NULL THEN {alone} ELSE {together} END AS {name}\n"
            f"FROM {second} p"
        )
        return self.query.add("lines", sql, [second])

    def total(self, lines: str) -> str:
        """Of the rooms first, then of all."""
        rooms = self.query.add("rooms", self._rooms(lines), [lines])
        sql = (
            f"SELECT {self.by}, {self.whole('sum(p.taken)')} AS taken,\n"
            f"  bool_and(p.taken_limited) AS limited, min(p.least_factor) AS factor\n"
            f"FROM {rooms} p WHERE NOT p.known GROUP BY {self.by}"
        )
        others = self.query.add("others", sql, [rooms])
        shares = self.query.add("shares", self._bounds(rooms, others), [rooms, others])
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
        raw = "p.raw" if self.cap_first else "p.worth"
        most = "p.raw_high" if self.cap_first else "p.worth_high"
        step = self.step or "0"
        limited = "p.raw_limited" if self.cap_first else "p.product_limited"
        alone = "p.inside AND p.added AND p.known AND NOT p.may_repeat"
        may = "(p.added OR p.may_be_added)"
        own = "CASE WHEN p.room IS NULL THEN p.own ELSE -1 END"
        return (
            f"SELECT {self.by}, p.room,\n"
            f"  bool_and(p.exact) AS exact, bool_or(p.more) AS more,\n"
            f"  bool_or(p.known) AS known, max(p.most) AS most,\n"
            f"  {self._sum('p.counted', 'p.added')} AS counted,\n"
            f"  {self._sum('p.worth', alone)} AS alone,\n"
            f"  {self._sum('p.worth_high', f'{may} AND p.product_limited')} AS alone_high,\n"
            f"  bool_and(p.product_limited OR NOT {may}) AS alone_limited,\n"
            f"  {self._sum(raw, 'p.inside AND NOT p.may_repeat')} AS fill,\n"
            f"  {self._sum(step, f'p.inside AND NOT p.may_repeat AND {raw} <> 0')} AS cut,\n"
            f"  {self._sum(step, may)} AS rounded,\n"
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

    def _bounds(self, rooms: str, others: str) -> str:
        """What is certain of a cap once others took all that they might, and what is possible."""
        unnamed = (
            f"SELECT p.*,\n"
            f"  coalesce(o.taken, 0) AS others,\n"
            f"  coalesce(o.limited, TRUE) AS others_limited,\n"
            f"  o.factor AS others_factor\n"
            f"FROM {rooms} p {self._beside(others, 'o', self.key)}"
        )
        certain = (
            "CASE WHEN p.more OR NOT p.taken_limited OR NOT p.others_limited THEN 0 "
            "ELSE greatest(0, least(p.fill, p.most) - p.taken - p.others) END"
        )
        possible = "CASE WHEN p.fill_limited THEN least(p.fill_high, p.most) ELSE p.most END"
        limited = "TRUE"
        if self.cap_first:
            least = "least(p.least_factor, coalesce(p.others_factor, p.least_factor))"
            certain = f"greatest(0, ({certain}) * {least} - p.cut)"
            possible = f"({possible}) * coalesce(p.most_factor, 0) + p.rounded"
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
