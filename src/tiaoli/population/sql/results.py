"""The columns of an answer: the outcome, a truth for each clause, amounts and days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tiaoli.population.plan import Column, Plan
from tiaoli.population.sql.problems import UnknownOperation
from tiaoli.population.sql.writing import Relation, Writer
from tiaoli.population.terms import Sort, Term

__all__ = ["answers"]


def answers(plan: Plan, rel: Relation, writer: Writer) -> str:
    """The last part of the query."""
    columns = [("subject", "p.s")]
    if plan.asked is not None:
        columns.append(("about", "p.about"))
    for column in plan.columns:
        columns += _written(plan, column, rel, writer)
    names = _told_apart([name for name, _ in columns])
    chosen = ",\n  ".join(
        f"{sql} AS {writer.dialect.quoted(name)}"
        for name, (_, sql) in zip(names, columns, strict=True)
    )
    return f"SELECT {chosen}\nFROM {rel.name} p"


def _told_apart(names: Sequence[str]) -> Iterator[str]:
    """A flag may be called as a figure is: the second of a name is ``name#2``."""
    seen: Counter[str] = Counter()
    for name in names:
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name}#{seen[name]}"


def _written(
    plan: Plan, column: Column, rel: Relation, writer: Writer
) -> Iterator[tuple[str, str]]:
    parts = {name: writer.sql(term, rel) for name, term in column.parts.items()}
    match column.sort:
        case "outcome":
            yield column.name, _word(plan, parts["outcome"], writer)
        case "truth" | "flag":
            met, possible = parts["met"], parts["possible"]
            yield column.name, f"CASE WHEN {met} THEN TRUE WHEN {possible} THEN NULL ELSE FALSE END"
        case "amount":
            low, high = (_number(column.parts[name], rel, writer) for name in ("low", "high"))
            stated, limited = parts["stated"], parts["limited"]
            yield f"{column.name}__low", f"CASE WHEN {stated} THEN {low} END"
            yield f"{column.name}__high", f"CASE WHEN {stated} AND {limited} THEN {high} END"
        case "day" | "number":
            value = _value(column.parts["value"], rel, writer)
            yield column.name, f"CASE WHEN {parts['given']} THEN {value} END"
        case _:
            raise UnknownOperation(f"column {column.sort}")


def _word(plan: Plan, number: str, writer: Writer) -> str:
    words = "".join(f" WHEN {at} THEN {writer.literal(word)}" for at, word in enumerate(plan.words))
    return f"CASE {number}{words} END"


def _number(term: Term, rel: Relation, writer: Writer) -> str:
    sql = writer.sql(term, rel)
    return writer.dialect.decimal(sql, term.scale) if term.scale else writer.dialect.whole(sql)


def _value(term: Term, rel: Relation, writer: Writer) -> str:
    match term.sort:
        case Sort.DAY:
            return writer.dialect.date(writer.sql(term, rel))
        case Sort.INT:
            return _number(term, rel, writer)
    return writer.sql(term, rel)
