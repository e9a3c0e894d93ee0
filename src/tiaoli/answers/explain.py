"""
The explained reading: every clause with what it has and needs, what counts and what does not.

A settled branch asks for nothing: what is missing is collected only where the truth is open, that
is, unknown once nothing is taken for granted.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

from tiaoli.answers.answer import Missing, NotCounted, Quantity, Reason, Shown
from tiaoli.answers.case import Case
from tiaoli.answers.compiled import (
    Member,
    compiled,
    compiled_members,
    compiled_pick,
    compiled_value,
    conditions_of,
    quick_members,
)
from tiaoli.answers.ledger_told import told
from tiaoli.answers.meaning import (
    Range,
    Truth,
    all_truths,
    amount,
    any_truth,
    compare_ranges,
    holds,
    negated,
    periods_taken,
    referred,
    spans_among,
)
from tiaoli.answers.missing import missing_in
from tiaoli.answers.why_not import not_yet, why_not
from tiaoli.answers.wording import describe, shown_value
from tiaoli.facts import periods
from tiaoli.facts.dossier import Fact
from tiaoli.facts.kinds import NONE, Label, Unit
from tiaoli.rules.amounts import (
    AmountNode,
    Capped,
    Count,
    Excess,
    GroupedSum,
    HowMany,
    Sum,
    Table,
    Times,
    Total,
)
from tiaoli.rules.citation import (
    ClauseAmount,
    ClauseDay,
    ClauseRule,
    Named,
    ShownBy,
    ToldIfMet,
    clause_ids,
)
from tiaoli.rules.cohorts import (
    EachOne,
    EachPeriod,
    Its,
    KnownIf,
    OfEach,
    OfEachPeriod,
    PeriodEnd,
    PeriodStart,
    Share,
)
from tiaoli.rules.expressions import (
    AllOf,
    AnyOf,
    AtLeastOf,
    AttributeOf,
    AttributeValue,
    Compare,
    Constant,
    IsAbsent,
    IsOneOf,
    Node,
    Not,
    Rule,
    Value,
    WaivedBy,
)
from tiaoli.rules.judgement import Judged, Presumed
from tiaoli.rules.ledgers import Ledger, Portion
from tiaoli.rules.moments import AskedOn, AsOf, Within
from tiaoli.rules.records import (
    AnyRecord,
    FromDifferentEvents,
    Picked,
    Records,
    RecordSet,
    Referred,
    Served,
    Union,
)
from tiaoli.rules.timetables import PerDay

OUTCOMES: Mapping[Truth, str] = {True: "met", False: "not_met", None: "unknown"}
ANY = Label("以下任一項", "any one of")
ALL = Label("以下各項都要", "all of")


class Reader:
    """
    The case as it stands, the same without presumptions, and the clauses in words.

    What was found once is kept while one question is read: rules share sets, windows and clauses.
    """

    __slots__ = ("_found", "_members", "_values", "case", "says", "turns")

    def __init__(self, case: Case, says: Mapping[str, Label]) -> None:
        self.case = replace(case, sorted_out=self.members)
        self.says = says
        self._found: dict[int, Finding] = {}
        self._members: dict[int, list[Member]] = {}
        self._values: dict[int, Any] = {}
        self.turns: dict[int, Explained] = {}

    @property
    def open_case(self) -> Case:
        return self.case.without_presumptions()

    def finding(self, rule: Rule) -> Finding:
        found = self._found.get(id(rule))
        if found is None:
            how: Callable[[Any, Reader], Finding] = _EXPLAIN.get(type(rule), _atom)
            found = self._found[id(rule)] = how(rule, self)
        return found

    def sorting(self, of: Records) -> list[Member]:
        """Every record of the kind, whether it is in the set, and what keeps it out."""
        found = self._members.get(id(of))
        if found is None:
            found = self._members[id(of)] = compiled_members(of)(self.case)
        return found

    def members(self, of: Records, case: Case | None = None) -> list[tuple[Fact, Truth]]:
        """The same as ``meaning.members`` gives it; kept unless it is another record's turn."""
        mine = self.case
        if case is None or (case.taken is mine.taken and case.period is mine.period):
            return [(fact, truth) for fact, truth, _ in self.sorting(of)]
        return quick_members(of, case)

    def value(self, node: Value) -> Any:
        """A value that is asked of no record, as ``meaning.value``."""
        key = id(node)
        if key not in self._values:
            self._values[key] = compiled_value(node)(self.case)
        return self._values[key]


@dataclass(slots=True)
class Finding:
    """``open`` is the truth without presumptions; ``missing`` is empty unless it is unknown."""

    truth: Truth
    open: Truth
    parts: list[Reason] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)


def explain(rule: Rule, reader: Reader) -> Finding:
    """The truth of ``rule`` with its reasons."""
    return reader.finding(rule)


def _constant(rule: Constant, _reader: Reader) -> Finding:
    return Finding(rule.met, rule.met)


def _all_of(rule: AllOf, reader: Reader) -> Finding:
    return _joined([reader.finding(part) for part in rule.rules], all_truths)


def _any_of(rule: AnyOf, reader: Reader) -> Finding:
    found = _joined([_alternative(part, reader) for part in rule.rules], any_truth)
    found.parts = [_group(ANY, found)]
    return found


def _alternative(rule: Rule, reader: Reader) -> Finding:
    """One of several ways; where it asks for more than one thing, they stand together."""
    found = reader.finding(rule)
    if len(found.parts) < 2:
        return found
    return Finding(found.truth, found.open, [_group(ALL, found)], found.missing)


def _group(says: Label, found: Finding) -> Reason:
    return Reason(None, OUTCOMES[found.truth], says, children=tuple(found.parts))


def _joined(found: list[Finding], join: Callable[[Iterable[Truth]], Truth]) -> Finding:
    open_truth = join([one.open for one in found])
    return Finding(
        join([one.truth for one in found]),
        open_truth,
        [part for one in found for part in one.parts],
        [m for one in found for m in one.missing] if open_truth is None else [],
    )


def _at_least_of(rule: AtLeastOf, reader: Reader) -> Finding:
    def join(truths: Iterable[Truth]) -> Truth:
        listed = list(truths)
        met, possible = listed.count(True), len(listed) - listed.count(False)
        return True if met >= rule.number else None if possible >= rule.number else False

    found = _joined([_alternative(part, reader) for part in rule.rules], join)
    says = Label(f"以下任 {rule.number} 項", f"any {rule.number} of")
    found.parts = [_group(says, found)]
    return found


def _not(rule: Not, reader: Reader) -> Finding:
    inner = explain(rule.rule, reader)
    truth = negated(inner.truth)
    if isinstance(rule.rule, IsAbsent | IsOneOf):  # one thing, not the reverse of another
        parts = [p._replace(outcome=OUTCOMES[truth], says=_described(rule)) for p in inner.parts]
        return Finding(truth, negated(inner.open), parts, inner.missing)
    turned = Reason(None, OUTCOMES[truth], _described(rule), children=tuple(inner.parts))
    return Finding(truth, negated(inner.open), [turned], inner.missing)


def _waived_by(rule: WaivedBy, reader: Reader) -> Finding:
    asked, waiver = explain(rule.rule, reader), explain(rule.waiver, reader)
    found = _joined([asked, waiver], any_truth)
    if waiver.truth is True and asked.truth is not True:
        found.parts = [*(part._replace(outcome="waived") for part in asked.parts), *waiver.parts]
    return found


def _clause(rule: ClauseRule, reader: Reader) -> Finding:
    inner = reader.finding(rule.rule)
    says, outcome, parts = reader.says[rule.clause], OUTCOMES[inner.truth], inner.parts
    if len(parts) == 1 and parts[0].clause is None and not _is_group(parts[0]):
        reason = Reason(rule.clause, outcome, says, *parts[0][3:])
    else:
        reason = Reason(rule.clause, outcome, says, children=tuple(parts))
    missing = inner.missing
    if missing:
        missing = [m if m.clause else replace(m, clause=rule.clause) for m in missing]
    return Finding(inner.truth, inner.open, [reason], missing)


def _is_group(reason: Reason) -> bool:
    return reason.says is ANY or reason.says is ALL


def _shown_by(rule: ShownBy, reader: Reader) -> Finding:
    found = reader.finding(rule.rule)
    reason = Reason(None, OUTCOMES[found.truth], _named_in(rule))
    return Finding(found.truth, found.open, [reason], found.missing)


@lru_cache(maxsize=4096)
def _named_in(rule: ShownBy) -> Label:
    named = sorted(clause_ids(rule.rule))
    return Label(f"依 {'、'.join(named)} 認定", f"as shown by {', '.join(named)}")


def _named(rule: Named, reader: Reader) -> Finding:
    """Its parts are told only where they cite a clause; what counts in them is told with it."""
    inner = reader.finding(rule.rule)
    parts = tuple(inner.parts)
    reason = Reason(None, OUTCOMES[inner.truth], rule.label)
    if any(part.clause is not None for reason_ in parts for part in reason_.walk()):
        reason = reason._replace(children=parts)
    else:
        reason = reason._replace(counted=_counted_in(parts))
    return Finding(inner.truth, inner.open, [reason], inner.missing)


def _counted_in(parts: Iterable[Reason]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(fact for one in parts for part in one.walk() for fact in part.counted)
    )


def _told_if_met(rule: ToldIfMet, reader: Reader) -> Finding:
    inner = reader.finding(rule.rule)
    return (
        inner if inner.truth is not False else Finding(inner.truth, inner.open, [], inner.missing)
    )


def _presumed(rule: Presumed, reader: Reader) -> Finding:
    inner = explain(rule.rule, reader)
    truth = rule.met if inner.truth is None else inner.truth
    return Finding(truth, inner.open, inner.parts, inner.missing)


def _judged(rule: Judged, reader: Reader) -> Finding:
    truth = holds(rule, reader.case)
    rulings = [
        f.id for f in reader.case.dossier.of("judgement") if f.values["clause"] == rule.clause
    ]
    reason = Reason(None, OUTCOMES[truth], _described(rule), counted=tuple(rulings))
    missing = [] if truth is not None else [Missing("judgement", describe(rule), rule.clause)]
    return Finding(truth, truth, [reason], missing)


# One record, or one period, after another


def _each_one(rule: EachOne, reader: Reader) -> Finding:
    turns = [
        (Label(fact.id, fact.id), reader.case.taking(fact))
        for fact, truth in reader.members(rule.records)
        if truth is not False
    ]
    return _in_turn(rule, turns, reader)


def _each_period(rule: EachPeriod, reader: Reader) -> Finding:
    turns = periods_taken(rule, reader.case, None) or ()
    return _in_turn(rule, [(_period_name(turn), turn) for turn in turns], reader)


def _in_turn(
    rule: EachOne | EachPeriod, turns: Sequence[tuple[Label, Case]], reader: Reader
) -> Finding:
    """Those of whom the rule does not hold are told before the others."""
    found = [(says, explain(rule.rule, Reader(turn, reader.says))) for says, turn in turns]
    found.sort(key=lambda one: one[1].truth is True)
    parts = tuple(
        Reason(None, OUTCOMES[one.truth], says, children=tuple(one.parts)) for says, one in found
    )
    return _atom(rule, reader, children=parts)


def _period_name(turn: Case) -> Label:
    assert turn.period is not None
    first, last = turn.period.first, turn.period.last
    return Label(f"{first} 至 {last}", f"{first} to {last}")


def _told_in_turn(node: OfEach | OfEachPeriod, reader: Reader) -> Explained:
    """What each comes to, the least first."""
    case = reader.case
    if isinstance(node, OfEach):
        turns = [
            (Label(fact.id, fact.id), case.taking(fact))
            for fact, truth in reader.members(node.records)
            if truth is not False
        ]
    else:
        turns = [(_period_name(turn), turn) for turn in periods_taken(node, case, None) or ()]
    found = []
    for says, turn in turns:
        each, parts, counted, _ = explain_amount(node.each, Reader(turn, reader.says))
        have = _quantity(each, node.unit)
        told = tuple(part._replace(not_counted=()) for part in parts)
        reason = Reason(None, "counted", says, have, counted=counted, children=told)
        found.append((each.low if each is not None else 0, reason))
    found.sort(key=lambda one: one[0])
    return amount(node, case), [reason for _, reason in found], (), ()


# Requirements that count or compare


def _atom(rule: Rule, reader: Reader, **shown: Any) -> Finding:
    """One requirement: its truth, and what it compares."""
    return _finding(rule, reader, compiled(rule)(reader.case), **shown)


def _finding(rule: Rule, reader: Reader, truth: Truth, *told: Any, **shown: Any) -> Finding:
    open_truth = holds(rule, reader.open_case) if _presumes(rule) else truth
    reason = Reason(None, OUTCOMES[truth], _described(rule), *told, **shown)
    missing = missing_in(rule, reader.open_case) if open_truth is None else []
    return Finding(truth, open_truth, [reason], missing)


@lru_cache(maxsize=4096)
def _described(rule: Rule) -> Label:
    return describe(rule)


@lru_cache(maxsize=4096)
def _presumes(node: Node) -> bool:
    return any(isinstance(n, Presumed) for n in node.walk())


def _compare(rule: Compare, reader: Reader) -> Finding:
    if not isinstance(rule.left, AmountNode):
        return _compare_values(rule, reader)
    need = amount(rule.right, reader.case)
    have, parts, counted, not_counted = explain_amount(rule.left, reader)
    truth = compare_ranges(have, rule.op, need)
    open_truth = truth
    if _presumes(rule):
        open_truth = compare_ranges(amount(rule.left, reader.open_case), rule.op, need)
    reason = Reason(
        None,
        OUTCOMES[truth],
        _described(rule),
        have=_quantity(have, rule.left.unit),
        need=_quantity(need, rule.left.unit),
        window=_window_of(rule.left, reader),
        counted=counted,
        not_counted=not_counted,
        children=tuple(parts),
    )
    missing = missing_in(rule, reader.open_case) if open_truth is None else []
    return Finding(truth, open_truth, [reason], missing)


def _compare_values(rule: Compare, reader: Reader) -> Finding:
    left, right, op = rule.left, rule.right, rule.op
    if isinstance(right, AsOf | AskedOn):
        left, right, op = right, left, _TURNED.get(op, op)
    have, need = _shown(left, reader), _shown(right, reader)
    if isinstance(need, datetime.date):
        need = _BOUNDS[op](need.isoformat())
    return _atom(rule, reader, have=have, need=need, counted=_picked_facts(rule, reader))


_TURNED = {"<=": ">=", ">=": "<=", "<": ">", ">": "<"}
_BOUNDS: Mapping[str, Callable[[str], Label]] = {
    ">=": lambda day: Label(f"{day} 或以後", f"{day} or later"),
    "<=": lambda day: Label(f"{day} 或以前", f"{day} or earlier"),
    ">": lambda day: Label(f"晚於 {day}", f"later than {day}"),
    "<": lambda day: Label(f"早於 {day}", f"earlier than {day}"),
    "==": lambda day: Label(f"{day} 當日", f"{day} itself"),
}


def _one_of(rule: IsOneOf, reader: Reader) -> Finding:
    asked = rule.value
    if not isinstance(asked, AttributeValue):
        return _atom(rule, reader)
    have = shown_value(asked.attribute, reader.value(asked))
    return _atom(rule, reader, have=have, counted=_picked_facts(rule, reader))


def _within(rule: Within, reader: Reader) -> Finding:
    start, end = reader.value(rule.start), reader.value(rule.end)
    window = (start, end) if _are_days(start, end) else None
    have = _shown(rule.day, reader)
    counted = _picked_facts(rule, reader)
    return _atom(rule, reader, have=have, window=window, counted=counted)


def _are_days(*found: Any) -> bool:
    return all(isinstance(day, datetime.date) for day in found)


def _shown(node: Value, reader: Reader) -> Shown:
    if isinstance(node, AmountNode):
        return _quantity(amount(node, reader.case), node.unit)
    found = reader.value(node)
    if isinstance(found, datetime.date):
        return found
    if isinstance(node, AttributeValue):
        return shown_value(node.attribute, found)
    return Label("無", "none") if found is NONE else Label("不明", "not known")


def _quantity(found: Range | None, unit: Unit) -> Shown:
    if found is None:
        return Label("條文未規定", "not stated in the text")
    return Quantity(found.low, found.high, unit)


def _picked_facts(node: Node, reader: Reader) -> tuple[str, ...]:
    found = (_record_of(one, reader.case) for one in _picks_in(node))
    return tuple(dict.fromkeys(fact.id for fact in found if isinstance(fact, Fact)))


def _record_of(node: Picked | Referred, case: Case) -> Any:
    return referred(node, case) if isinstance(node, Referred) else compiled_pick(node)(case)


@lru_cache(maxsize=4096)
def _picks_in(node: Node) -> tuple[Picked | Referred, ...]:
    """The records picked or named by another; of the latter, not the one that names them."""
    found = tuple(part for part in node.walk() if isinstance(part, Picked | Referred))
    naming = {id(part.reference) for part in found if isinstance(part, Referred)}
    return tuple(part for part in found if id(part) not in naming)


def _any_record(rule: AnyRecord, reader: Reader) -> Finding:
    of = rule.records
    counted, not_counted = _sorted_out(of, reader)
    truth: Truth = True
    if not counted:
        is_open = of.kind.name in reader.case.dossier.incomplete
        truth = None if is_open or _may_count(of, reader) else False
    window = _window_of(rule, reader)
    return _finding(rule, reader, truth, None, None, window, counted, not_counted)


def _may_count(of: Records, reader: Reader) -> bool:
    return any(truth is None for _, truth, _ in reader.sorting(of))


def _different_events(rule: FromDifferentEvents, reader: Reader) -> Finding:
    events = amount(Count(Union(rule.sets), (rule.event,) * len(rule.sets)), reader.case)
    counted, not_counted = _sorted_out(Union(rule.sets), reader)
    return _atom(
        rule,
        reader,
        have=_quantity(events, Unit.ONE),
        need=Quantity(len(rule.sets), len(rule.sets), Unit.ONE),
        counted=counted,
        not_counted=not_counted,
    )


def _served(rule: Served, reader: Reader) -> Finding:
    case = reader.case
    since = None if rule.since is None else reader.value(rule.since)
    certain, _ = spans_among(rule, reader.members(rule.records), since)
    counted, not_counted = _sorted_out(rule.records, reader)
    days = periods.days_served(certain, case.as_of)
    window = None
    if certain:
        complete = periods.served_on(
            certain,
            rule.years,
            first_day_counts=rule.first_day_counts,
            complete_on_last_day=rule.complete_on_last_day,
        )
        window = None if complete is None else (min(span.first for span in certain), complete)
    return _atom(
        rule,
        reader,
        have=Quantity(days, days, Unit.DAY),
        need=Quantity(rule.years, rule.years, Unit.YEAR),
        window=window,
        counted=counted,
        not_counted=not_counted,
    )


def _sorted_out(of: RecordSet, reader: Reader) -> tuple[tuple[str, ...], tuple[NotCounted, ...]]:
    """The records that count, and for each other one why it does not."""
    counted: list[str] = []
    not_counted: list[NotCounted] = []
    for one in of.sets if isinstance(of, Union) else (of,):
        assert isinstance(one, Records)
        conditions = conditions_of(one)
        for fact, truth, failing in reader.sorting(one):
            if truth:
                counted.append(fact.id)
            elif failing < 0:
                not_counted.append(NotCounted(fact.id, *not_yet(one, reader.case, fact)))
            else:
                why = why_not(conditions[failing], reader.case, fact.values)
                not_counted.append(NotCounted(fact.id, *why))
    return tuple(counted), tuple(not_counted)


Window = tuple[datetime.date, datetime.date]


def _window_of(node: Node, reader: Reader) -> Window | None:
    """The one window in which a requirement looks for records, if it has just one."""
    windows = [pair for pair in _windows_in(node) if _is_its_turn(*pair, case=reader.case)]
    if not windows:
        return None
    found = {(reader.value(start), reader.value(end)) for start, end in windows}
    if len(found) != 1:
        return None
    (window,) = found
    return window if _are_days(*window) else None


@lru_cache(maxsize=4096)
def _windows_in(node: Node) -> tuple[tuple[Value, Value], ...]:
    windows = (
        (part.start, part.end)
        for part in node.walk()
        if isinstance(part, Within) and not _depends_on_row(part.start, part.end)
    )
    return tuple(dict.fromkeys(windows))


def _depends_on_row(*nodes: Value) -> bool:
    return any(isinstance(n, AttributeOf) for node in nodes for n in node.walk())


def _is_its_turn(*nodes: Value, case: Case) -> bool:
    """Whether the records and the period by which the days are counted are in hand."""
    for part in (part for node in nodes for part in node.walk()):
        if isinstance(part, PeriodStart | PeriodEnd) and case.period is None:
            return False
        if isinstance(part, Its) and part.kind.name not in case.taken:
            return False
    return True


# Amounts

Explained = tuple[Range | None, list[Reason], tuple[str, ...], tuple[NotCounted, ...]]


def explain_amount(node: AmountNode, reader: Reader) -> Explained:
    """The amount, the clauses that make it up, and the records that count and that do not."""
    match node:
        case ClauseAmount():
            return _clause_amount(node, reader)
        case OfEach() | OfEachPeriod():
            if id(node) not in reader.turns:
                reader.turns[id(node)] = _told_in_turn(node, reader)
            return reader.turns[id(node)]
        case HowMany(rules=rules):
            parts = [part for rule in rules for part in reader.finding(rule).parts]
            return amount(node, reader.case), parts, (), ()
        case KnownIf(amount=inner):
            _, reasons, counted, not_counted = explain_amount(inner, reader)
            return amount(node, reader.case), reasons, counted, not_counted
        case Share(part=part, whole=whole):
            counted = explain_amount(part, reader)[2]
            others = [fact for fact in explain_amount(whole, reader)[2] if fact not in counted]
            left = tuple(NotCounted(fact, _NOT_IN_SHARE) for fact in others)
            return amount(node, reader.case), [], counted, left
        case Count() | Sum() | GroupedSum() | PerDay():
            counted, not_counted = _sorted_out(node.records, reader)
            return amount(node, reader.case), _conditions_of(node), counted, not_counted
        case Total():
            added = [explain_amount(part, reader) for part in node.amounts]
            reasons = [reason for _, found, _, _ in added for reason in found]
            counted = tuple(i for _, _, ids, _ in added for i in ids)
            return (
                amount(node, reader.case),
                reasons,
                counted,
                tuple(n for _, _, _, rest in added for n in rest),
            )
        case Times(number=AmountNode() as number):
            _, reasons, counted, not_counted = explain_amount(number, reader)
            return amount(node, reader.case), reasons, counted, not_counted
        case Capped(amount=inner):
            found, reasons, counted, not_counted = explain_amount(inner, reader)
            kept = amount(node, reader.case)
            if found != kept and not isinstance(inner, Count | Sum):
                reasons = [*reasons, _cap_reached(node, found)]
            return kept, reasons, counted, not_counted
        case Times(amount=inner) | Excess(amount=inner):
            _, reasons, counted, not_counted = explain_amount(inner, reader)
            return amount(node, reader.case), reasons, counted, not_counted
        case Portion(amount=AmountNode() as inner):
            _, reasons, counted, not_counted = explain_amount(inner, reader)
            return amount(node, reader.case), reasons, counted, not_counted
        case Ledger():
            _, not_counted = _sorted_out(node.records, reader)
            return amount(node, reader.case), told(node, reader.case, reader.says), (), not_counted
        case Table():
            return amount(node, reader.case), _table_reasons(node, reader), (), ()
    return amount(node, reader.case), [], (), ()


_NOT_IN_SHARE = Label("計入分母，不計入分子", "in the whole, not in the part")


def _cap_reached(node: Capped, found: Range | None) -> Reason:
    """Together they come to more than the cap."""
    most = Quantity(node.cap.value, node.cap.value, node.unit)
    says = Label("合計超過上限，只計到上限", "together above the cap, and counted up to it")
    return Reason(None, "counted", says, have=_quantity(found, node.unit), need=most)


def _conditions_of(_node: AmountNode) -> list[Reason]:
    return []


def _clause_amount(node: ClauseAmount, reader: Reader) -> Explained:
    found, parts, counted, not_counted = explain_amount(node.amount, reader)
    reason = Reason(
        node.clause,
        "counted",
        reader.says[node.clause],
        have=_quantity(found, node.unit),
        window=_window_of(node.amount, reader),
        counted=counted,
        not_counted=not_counted,
        children=tuple(parts),
    )
    return found, [reason], (), ()


def _table_reasons(node: Table, reader: Reader) -> list[Reason]:
    reasons: list[Reason] = []
    settled = False
    for rule, result in node.rows:
        found = explain(rule, reader)
        reasons.extend(found.parts)
        if found.truth:
            settled = True
            reasons.extend(explain_amount(result, reader)[1])
            if node.in_order:
                break
    return reasons if settled else reasons + explain_amount(node.otherwise, reader)[1]


def explain_day(node: Value, reader: Reader) -> list[Reason]:
    """The clauses that fix a day."""
    reasons = []
    for part in node.walk():
        if isinstance(part, ClauseDay):
            have = _shown(part, reader)
            counted = _picked_facts(part, reader)
            says = reader.says[part.clause]
            reasons.append(Reason(part.clause, "counted", says, have=have, counted=counted))
    return reasons


def in_order(reasons: tuple[Reason, ...], order: Mapping[str, int]) -> tuple[Reason, ...]:
    """Reasons in the order of the text, wherever all of a group cite a clause."""
    if _stand_in_order(reasons, order):
        return reasons
    listed = [r._replace(children=in_order(r.children, order)) for r in reasons]
    if all(reason.clause is not None for reason in listed):
        listed.sort(key=lambda reason: order[reason.clause or ""])
    return tuple(listed)


def _stand_in_order(reasons: tuple[Reason, ...], order: Mapping[str, int]) -> bool:
    for reason in reasons:
        if reason.children and not _stand_in_order(reason.children, order):
            return False
    places = [order[reason.clause] for reason in reasons if reason.clause is not None]
    return len(places) < len(reasons) or all(a <= b for a, b in pairwise(places))


_EXPLAIN: Mapping[type[Node], Callable[[Any, Reader], Finding]] = {
    Constant: _constant,
    AllOf: _all_of,
    AnyOf: _any_of,
    AtLeastOf: _at_least_of,
    Not: _not,
    WaivedBy: _waived_by,
    ClauseRule: _clause,
    ShownBy: _shown_by,
    ToldIfMet: _told_if_met,
    Named: _named,
    Presumed: _presumed,
    Judged: _judged,
    Compare: _compare,
    IsOneOf: _one_of,
    Within: _within,
    AnyRecord: _any_record,
    FromDifferentEvents: _different_events,
    Served: _served,
    EachOne: _each_one,
    EachPeriod: _each_period,
}
