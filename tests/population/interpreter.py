"""
A program run step by step on one dossier, in plain Python: the slow engine that the others are
measured against when the reference answer and an engine differ.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from tiaoli.answers import allotment
from tiaoli.facts import periods
from tiaoli.facts.dossier import Dossier, Fact
from tiaoli.facts.kinds import NONE, Type
from tiaoli.facts.periods import Span
from tiaoli.facts.vocabulary import find
from tiaoli.population import given
from tiaoli.population.plan import Plan
from tiaoli.population.results import Found
from tiaoli.population.schedule import Block, Close, Emit, Let, Loop
from tiaoli.population.terms import Agg, Rows, Sort, Term, Turns

_MOST_TURNS = 60
_DECIMALS = 10**6


def run(plan: Plan, dossier: Dossier, on: datetime.date) -> list[dict[Term, Any]]:
    """The outputs of one subject, once for each record asked about."""
    machine = _Machine(dossier, on)
    machine.block(plan.program, {})
    return machine.found


def assert_same(made: Plan, found: Found, dossiers: tuple[Dossier, ...], on: datetime.date) -> None:
    """As found here; a value that is not there is not compared: nothing may hang on it."""
    rows = [row for dossier in dossiers for row in run(made, dossier, on)]
    assert len(rows) == len(found.subjects)
    for term in made.outputs:
        for row, got in zip(rows, found[term].tolist(), strict=True):
            want = row[term]
            if isinstance(want, datetime.date):
                want = want.toordinal()
            assert want is None or want == got, term


class _Machine:
    def __init__(self, dossier: Dossier, on: datetime.date) -> None:
        self.on = on
        self.incomplete = dossier.incomplete
        self.rows: dict[str, list[Fact]] = {
            kind: sorted(facts, key=lambda fact: fact.id) for kind, facts in dossier.by_kind.items()
        }
        self.place = {f.id: n for facts in self.rows.values() for n, f in enumerate(facts)}
        self.by_id = dossier.by_id
        self.found: list[dict[Term, Any]] = []

    def block(self, block: Block, values: dict[Any, Any]) -> None:
        seen: dict[Term, list[tuple[Any, ...]]] = {}
        for step in block.steps:
            match step:
                case Let(term=term):
                    values[term] = self.term(term, values)
                case Loop():
                    self._loop(step, values, seen)
                case Close(agg=agg):
                    values[agg] = _folded(agg, seen.get(agg, []))
                case Emit(outputs=outputs):
                    self.found.append({term: self.get(term, values) for term in outputs})

    def _loop(
        self, loop: Loop, values: dict[Any, Any], seen: dict[Term, list[tuple[Any, ...]]]
    ) -> None:
        for at in self._numbers(loop.binder):
            inner = {**values, loop.binder: at}
            self.block(loop.body, inner)
            for fold in loop.folds:
                taken, *rest = (self.get(arg, inner) for arg in fold.args)
                if taken:
                    seen.setdefault(fold.agg, []).append(tuple(rest))

    def _numbers(self, binder: Rows | Turns) -> range:
        if isinstance(binder, Rows):
            return range(len(self.rows.get(binder.kind, ())))
        return range(binder.first, _MOST_TURNS if binder.until is None else binder.until)

    def get(self, term: Term, values: Mapping[Any, Any]) -> Any:
        match term.op:
            case "const":
                return term.data
            case "param":
                if term.sort is Sort.DAY:
                    return given.day_of(term.data, self.on)
                return given.number_of(term.data)
            case "row" | "turn":
                return values[term.data]
        return values[term]

    def term(self, term: Term, values: Mapping[Any, Any]) -> Any:
        args = [self.get(arg, values) for arg in term.args]
        if term.op in _LOGIC:
            return _LOGIC[term.op](args)
        if term.op == "select":
            return args[1] if args[0] else args[2]
        special = getattr(self, f"_{term.op}", None)
        if special is not None:
            return special(term, *args)
        if None in args:
            return False if term.sort is Sort.BOOL else None
        return _PLAIN[term.op](term, *args)

    # What looks into the dossier

    def _fact(self, kind: str, row: int | None) -> Fact | None:
        return None if row is None or row < 0 else self.rows[kind][row]

    def _at(self, term: Term, row: int) -> Any:
        kind, name, part = term.data
        fact = self._fact(kind, row)
        value = None if fact is None else fact.values[name]
        if part == "known":
            return value is not None
        if part == "given":
            return value is not None and value is not NONE
        if value is None or value is NONE:
            return False if term.sort is Sort.BOOL else None
        is_number = find(kind).attributes[name].type is Type.NUMBER
        return int(value * _DECIMALS) if is_number else value

    def _referred(self, term: Term, row: int) -> int:
        kind, name, to = term.data
        fact = self._fact(kind, row)
        named = None if fact is None else self.by_id.get(fact.values[name])
        return self.place[named.id] if named is not None and named.kind == to else -1

    def _incomplete(self, term: Term) -> bool:
        return term.data in self.incomplete

    def _no_end(self, _term: Term) -> datetime.date:
        return datetime.date.max

    def _unpacked(self, term: Term, best: int, there: bool) -> int:
        return best % int(term.data) if there else -1


_LOGIC = {
    "and": all,
    "or": any,
    "not": lambda args: not args[0],
}


def _moved(term: Term, day: datetime.date, turn: int | None = None) -> datetime.date:
    if turn is None:
        return given.movement_of(term.data)(day)
    return given.nth_of(term.data)(day, turn)


def _later_by(_term: Term, day: datetime.date, number: int) -> datetime.date:
    return day + datetime.timedelta(days=number)


def _day_of(term: Term, moment: datetime.datetime) -> datetime.date:
    seconds = (moment.hour * 60 + moment.minute) * 60 + moment.second
    late = term.data is not None and seconds > term.data
    return moment.date() + datetime.timedelta(days=1 if late else 0)


_PLAIN: Mapping[str, Any] = {
    "eq": lambda _, a, b: a == b,
    "lt": lambda _, a, b: a < b,
    "le": lambda _, a, b: a <= b,
    "add": lambda _, *parts: sum(parts),
    "sub": lambda _, a, b: a - b,
    "mul": lambda _, a, b: a * b,
    "min": lambda _, a, b: min(a, b),
    "max": lambda _, a, b: max(a, b),
    "floordiv": lambda _, a, b: a // b,
    "scaled": lambda term, a: a * term.data,
    "as_text": lambda _, a: a,
    "one_of": lambda term, a: a in term.data,
    "includes": lambda term, a: all(option in a for option in term.data),
    "contains": lambda term, a: term.data in a,
    "holds": lambda _, many, one: one in many,
    "length": lambda _, a: len(a),
    "moved": _moved,
    "later_by": _later_by,
    "day_of": _day_of,
    "day_number": lambda _, a: a.toordinal(),
    "row_number": lambda _, a: a,
    "year_of": lambda _, a: a.year,
    "minutes_between": lambda _, a, b: max(0, int((b - a).total_seconds()) // 60),
}


def _folded(agg: Term, taken: list[tuple[Any, ...]]) -> Any:
    match agg.data.how:
        case Agg.ANY:
            return bool(taken)
        case Agg.COUNT:
            return len(taken)
        case Agg.SUM:
            return sum(value for (value,) in taken)
        case Agg.LEAST:
            return min((value for (value,) in taken), default=_zero(agg))
        case Agg.GREATEST:
            return max((value for (value,) in taken), default=_zero(agg))
        case Agg.MIDDLE:
            return sorted(v for (v,) in taken)[(len(taken) - 1) // 2] if taken else 0
        case Agg.DISTINCT:
            return len(set(taken))
        case Agg.GROUPS_TOTAL | Agg.GROUPS_BEST:
            return _groups(agg, taken)
        case Agg.BLOCKS:
            return _blocks(agg, taken)
        case Agg.LEDGER:
            return _ledger(agg, taken)
    raise AssertionError(agg)


def _zero(agg: Term) -> Any:
    return None if agg.sort is Sort.DAY else 0


def _groups(agg: Term, taken: list[tuple[Any, ...]]) -> int:
    groups: dict[Any, list[int]] = {}
    cap = None
    for at, (value, has_key, key, *most) in enumerate(taken):
        groups.setdefault(("of", key) if has_key else at, []).append(value)
        cap = most[0] if most else None
    worth = [max(v) if cap is None else min(cap, sum(v)) for v in groups.values()]
    return sum(worth) if agg.data.how is Agg.GROUPS_TOTAL else max(worth, default=0)


def _blocks(agg: Term, taken: list[tuple[Any, ...]]) -> Any:
    """How many blocks of service began before a day, their days before it, the first of them."""
    if not taken:
        return None if agg.sort is Sort.DAY else 0
    on = taken[0][2]
    spans = [Span(first, None if last == datetime.date.max else last) for first, last, _ in taken]
    begun = [block for block in periods.merge(spans) if block.first < on]
    if agg.data.part == "blocks":
        return len(begun)
    if agg.data.part == "days":
        return periods.days_served(begun, on)
    return begun[0].first if begun else None


def _ledger(agg: Term, taken: list[tuple[Any, ...]]) -> Any:
    part, order, *widths, _ = agg.data.part.split(":")
    lines, more, step = [], False, 0
    for at, row in enumerate(taken):
        line, more, step, turn = _line(at, row, [int(width) for width in widths])
        lines.append((turn, line))
    ordered = [line for _, line in sorted(lines, key=lambda pair: pair[0])]
    wanted = {key for one in ordered if one.added is not False for key in _shared(one)}
    kept = [
        line
        for line in ordered
        if line.added is not False or not line.known or _shared(line) & wanted
    ]
    low, high = allotment.total(kept, cap_first=order == "cap_first", more=more, step=step)
    return {"low": low, "high": 0 if high is None else high, "limited": high is not None}[part]


def _shared(line: allotment.Line) -> set[Any]:
    return {line.room, line.single, line.pool} - {None}


def _line(
    at: int, row: tuple[Any, ...], widths: list[int]
) -> tuple[allotment.Line, bool, int, Any]:
    (inside, added, may_be_added, raw, raw_high, raw_limited, factor, factor_high,
     factor_limited, most, highest, known, later, day, more, *rest) = row  # fmt: skip
    rooms, singles, pools = widths
    room, single = rest[:rooms], rest[rooms : rooms + singles]
    pool, step = rest[rooms + singles : rooms + singles + pools], rest[-1]
    line = allotment.Line(
        f"{at:06}",
        True if inside else None,
        True if added else None if may_be_added else False,
        (raw, raw_high if raw_limited else None),
        (factor, factor_high if factor_limited else None),
        _key("room", at, room) if known else None,
        most,
        _key("single", at, single) if known else None,
        highest,
        _key("pool", at, pool) if known else None,
        known,
    )
    return line, more, step, (later, day, at)


def _key(what: str, at: int, parts: list[Any]) -> Any:
    number, alone, *values = parts
    if number < 0:
        return None
    pairs = zip(values[::2], values[1::2], strict=True)
    return (what, number, at if alone else tuple(value for has, value in pairs if has))
