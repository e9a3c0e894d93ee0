"""
What is missing: the unknown attributes, unmade rulings and unlisted records that could settle a
requirement. Asked only of requirements whose truth is open; a settled branch asks for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tiaoli.answers.answer import Missing
from tiaoli.answers.case import Case
from tiaoli.answers.meaning import (
    Truth,
    amount,
    has_happened,
    holds,
    members,
    periods_taken,
    picked,
    referred,
)
from tiaoli.answers.wording import describe
from tiaoli.facts.dossier import Fact
from tiaoli.facts.kinds import NONE, Label
from tiaoli.facts.vocabulary import find
from tiaoli.rules.amounts import AmountNode, Count, GroupedSum, NotStated, ReachedOn, Sum, Table
from tiaoli.rules.cohorts import EachOne, EachPeriod, Its, KnownIf, OfEach, OfEachPeriod
from tiaoli.rules.expressions import AttributeOf, Node, Rule
from tiaoli.rules.judgement import Judged
from tiaoli.rules.ledgers import During, Ledger
from tiaoli.rules.ranking import InCycle, Rank, Tied
from tiaoli.rules.records import (
    AnyRecord,
    Every,
    FromDifferentEvents,
    Picked,
    Records,
    Referred,
    Related,
    Served,
    Union,
)
from tiaoli.rules.timetables import PerDay


def missing_in(node: Node, case: Case) -> list[Missing]:
    """What could settle ``node``: unknown attributes, unmade rulings, unlisted records."""
    return list(_Search(case).open_in(node, None))


def missing_amounts(node: AmountNode, case: Case) -> list[Missing]:
    """What could settle an amount that is not exactly known."""
    found = amount(node, case)
    if found is None or found.exact is not None:
        return []
    return missing_in(node, case)


_OF_NO_RECORD = (
    Records,
    Picked,
    Judged,
    Every,
    Sum,
    GroupedSum,
    Count,
    FromDifferentEvents,
    Served,
    AnyRecord,
    OfEach,
    EachOne,
    Its,
    Rank,
    InCycle,
    Tied,
)
"""What asks the same, whichever record is in hand."""

_Asked = dict[Missing, None]
"""Each thing once, in the order in which it was asked for."""


class _Search:
    """Goes through the open parts of a requirement, each for each record once."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._found: dict[tuple[int, str | None], _Asked] = {}

    def open_in(self, node: Node, fact: Fact | None) -> _Asked:
        """The same inside a set of records, where ``fact`` is the record in hand."""
        if isinstance(node, AttributeOf):
            return {} if fact is None else _unknown(node.kind.name, fact, node.attribute.name)
        if isinstance(node, _OF_NO_RECORD):
            fact = None
        key = (id(node), None if fact is None else fact.id)
        if key not in self._found:
            settled = isinstance(node, Rule) and self._holds(node, fact) is not None
            self._found[key] = {} if settled else dict.fromkeys(self._asks(node, fact))
        return self._found[key]

    def _holds(self, rule: Rule, fact: Fact | None) -> Truth:
        return holds(rule, self._case, None if fact is None else fact.values)

    def _asks(self, node: Node, fact: Fact | None) -> Iterator[Missing]:
        match node:
            case Records():
                yield from self._members(node)
            case Picked():
                yield from self._pick(node)
            case Referred():
                yield from self._reference(node, fact)
            case Judged():
                yield Missing("judgement", describe(node), node.clause)
            case Every(records=of, rule=asked) | Sum(records=of, value=asked):
                yield from self._members(of, asked)
            case GroupedSum(records=of, value=asked, by=name):
                yield from self._members(of, asked, getattr(of, name))
            case PerDay(records=of):
                yield from self._members(of, *(getattr(of, n) for n in ("date", "start", "end")))
            case ReachedOn(records=of, value=asked, target=target):
                yield from self._members(of, asked)
                yield from self.open_in(target, fact)
            case Ledger():
                own = [part for part in node.parts() if part is not node.records]
                yield from self._members(node.records, *own)
            case During(day=day, records=of):
                yield from self.open_in(day, fact)
                ends = (of.kind.happens or "", of.kind.ends or "")
                yield from self._members(of, *(getattr(of, name) for name in ends))
            case OfEach() | EachOne() | OfEachPeriod() | EachPeriod() | KnownIf() | Its():
                yield from self._taking_turns(node, fact)
            case Rank(contest=among) | InCycle(contest=among) | Tied(contest=among):
                yield from self.open_in(node.whose, fact)
                yield from self._members(among.records, among.total, among.priority)
            case Related():
                yield from self._relation(node, fact)
            case Count(records=of, distinct=names) if names:
                sets = of.sets if isinstance(of, Union) else (of,)
                for one, name in zip(sets, names, strict=True):
                    assert isinstance(one, Records)
                    yield from self._members(one, getattr(one, name))
            case FromDifferentEvents(sets=sets, event=event):
                for one in sets:
                    yield from self._members(one, getattr(one, event))
            case Served(records=of, since=since):
                yield from self._members(of, getattr(of, of.kind.ends or ""))
                if since is not None:
                    yield from self.open_in(since, fact)
            case Table():
                yield from self._rows(node, fact)
            case _:
                for part in node.parts():
                    yield from self.open_in(part, fact)

    def _members(self, of: Records, *asked: Node) -> Iterator[Missing]:
        """Whether each record is in the set and, where it may be, what is ``asked`` of it."""
        for fact, truth in members(of, self._case):
            if truth is None:
                if has_happened(of, self._case, fact) is None:
                    yield from _unknown(of.kind.name, fact, of.kind.happens or "")
                yield from self.open_in(of.condition, fact)
            if truth is not False:
                for node in asked:
                    yield from self.open_in(node, fact)
        if of.kind.name in self._case.dossier.incomplete:
            what = of.kind.label
            asks = Label(
                f"是否還有其他{what.zh}", f"whether there are further {what.en.lower()} records"
            )
            yield Missing("records", asks, kind=of.kind.name)

    def _taking_turns(self, node: Node, fact: Fact | None) -> Iterator[Missing]:
        """What is asked of one record or period after another."""
        match node:
            case Its(kind=kind, attribute=attribute):
                yield from _unknown(kind.name, self._case.taken[kind.name], attribute.name)
            case OfEach(records=of) | EachOne(records=of):
                yield from self._members(of)
                turns = [
                    self._case.taking(one) for one, t in members(of, self._case) if t is not False
                ]
                yield from self._turns(node, turns)
            case OfEachPeriod() | EachPeriod():
                yield from self.open_in(node.start, fact)
                yield from self.open_in(node.until, fact)
                taken = periods_taken(node, self._case, None)
                yield from self._turns(node, taken) if taken is not None else ()
            case KnownIf(rule=known, amount=counted, asks=asks):
                if self._holds(known, fact):
                    yield from self.open_in(counted, fact)
                else:
                    yield from self.open_in(known, fact)
                    yield Missing("records", self._in_turn(asks))

    def _turns(
        self, node: OfEach | EachOne | OfEachPeriod | EachPeriod, turns: Sequence[Case]
    ) -> Iterator[Missing]:
        """What is asked in each turn; where there is none to be had, why not."""
        passed_over = isinstance(node, OfEach) and amount(node, self._case) is not None
        for turn in turns:
            if not (passed_over and amount(node.each, turn) is None):  # type: ignore[union-attr]  # OfEach
                yield from _Search(turn).open_in(_asked(node), None)
        otherwise = node.otherwise if isinstance(node, OfEach | OfEachPeriod) else None
        if not turns and isinstance(otherwise, NotStated):
            who = "、".join(fact.id for fact in self._case.taken.values())
            zh, en = otherwise.what.zh, otherwise.what.en
            yield Missing(
                "records", Label(f"{who}：{zh}", f"{who}: {en}") if who else otherwise.what
            )

    def _in_turn(self, asks: Label) -> Label:
        """What is asked for, of whom and for when."""
        who = [fact.id for fact in self._case.taken.values()]
        when = self._case.period
        if when is not None:
            who.append(f"{when.first}–{when.last}")
        told = "、".join(who)
        return Label(f"{told} 的{asks.zh}", f"{asks.en} of {told}") if who else asks

    def _relation(self, node: Related, fact: Fact | None) -> Iterator[Missing]:
        for mine, _ in node.pairs:
            yield from self.open_in(mine, fact)
        yield from self._members(node.others, *(theirs for _, theirs in node.pairs))

    def _pick(self, node: Picked) -> Iterator[Missing]:
        found = picked(node, self._case)
        about = self._case.about if node.focus else None
        if isinstance(found, Fact):
            yield from _unknown(node.records.kind.name, found, node.attribute.name)
        elif found is not NONE:
            asked = self._members(node.records, node.by)
            yield from (m for m in asked if about is None or m.fact in (about, None))

    def _reference(self, node: Referred, fact: Fact | None) -> Iterator[Missing]:
        found = referred(node, self._case, None if fact is None else fact.values)
        if isinstance(found, Fact):
            yield from _unknown(node.kind.name, found, node.attribute.name)
        else:
            yield from self.open_in(node.reference, fact)

    def _rows(self, node: Table, fact: Fact | None) -> Iterator[Missing]:
        """The amounts of rows that are settled as not met are nobody's concern."""
        truths = [self._holds(rule, fact) for rule, _ in node.rows]
        for truth, (rule, result) in zip(truths, node.rows, strict=True):
            if truth is not False:
                yield from self.open_in(rule, fact)
                yield from self.open_in(result, fact)
            if truth and node.in_order:
                return
        if True not in truths:
            yield from self.open_in(node.otherwise, fact)


def _asked(node: OfEach | EachOne | OfEachPeriod | EachPeriod) -> Node:
    return node.each if isinstance(node, OfEach | OfEachPeriod) else node.rule


def _unknown(kind: str, fact: Fact, name: str) -> _Asked:
    if fact.values[name] is not None:
        return {}
    of = find(kind)
    what = of.attributes[name].label
    asks = Label(
        f"{of.label.zh} {fact.id} 的{what.zh}", f"{what.en} of {of.label.en.lower()} {fact.id}"
    )
    return {Missing("attribute", asks, fact=fact.id, kind=kind, attribute=name): None}
