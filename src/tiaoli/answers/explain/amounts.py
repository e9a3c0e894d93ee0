"""Amounts and days: the clauses that make them up, and the records that count."""

from __future__ import annotations

from tiaoli.answers.answer import NotCounted, Quantity, Reason
from tiaoli.answers.case import Case
from tiaoli.answers.compiled import in_turn
from tiaoli.answers.explain.reader import Explained, Reader, explain
from tiaoli.answers.explain.shown import picked_facts, quantity, shown, sorted_out, window_of
from tiaoli.answers.ledger_told import told
from tiaoli.answers.meaning import Range, amount, entrants, periods_taken, places
from tiaoli.answers.telling import span_label
from tiaoli.facts.kinds import Label, Unit
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
from tiaoli.rules.citation import ClauseAmount, ClauseDay
from tiaoli.rules.cohorts import KnownIf, OfEach, OfEachPeriod, Share
from tiaoli.rules.expressions import Value
from tiaoli.rules.ledgers import Ledger, Portion
from tiaoli.rules.ranking import Rank
from tiaoli.rules.timetables import PerDay


def period_name(turn: Case) -> Label:
    assert turn.period is not None
    return span_label(turn.period.first, turn.period.last)


def _told_in_turn(node: OfEach | OfEachPeriod, reader: Reader) -> Explained:
    """What each record comes to, the least first; periods in order of time."""
    case = reader.case
    if isinstance(node, OfEach):
        turns = [
            (Label(fact.id, fact.id), case.taking(fact))
            for fact, truth in reader.members(node.records)
            if truth is not False
        ]
    else:
        turns = [(period_name(turn), turn) for turn in periods_taken(node, case, None) or ()]
    found = []
    for says, turn in turns:
        each, parts, counted, _ = explain_amount(node.each, Reader(turn, reader.says))
        have = quantity(each, node.unit)
        told = tuple(part._replace(not_counted=()) for part in parts)
        reason = Reason(None, "counted", says, have, counted=counted, children=told)
        found.append((each.low if each is not None else 0, reason))
    if isinstance(node, OfEach):
        found.sort(key=lambda one: one[0])
    return in_turn(node, case), [reason for _, reason in found], (), ()


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
            counted, not_counted = sorted_out(node.records, reader)
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
            _, not_counted = sorted_out(node.records, reader)
            return amount(node, reader.case), told(node, reader.case, reader.says), (), not_counted
        case Table():
            return amount(node, reader.case), _table_reasons(node, reader), (), ()
        case Rank():
            return amount(node, reader.case), _ranking(node, reader), (), ()
    return amount(node, reader.case), [], (), ()


def _ranking(node: Rank, reader: Reader) -> list[Reason]:
    """Everybody in order, where the order is known."""
    among = node.contest
    found = places(entrants(among, reader.case) or (), among.width.value, node.method)
    ordered = sorted(found.items(), key=lambda one: one[1])
    return [
        Reason(None, "counted", Label(fact, fact), Quantity(place, place, Unit.ONE))
        for fact, place in ordered
    ]


_NOT_IN_SHARE = Label("計入分母，不計入分子", "in the whole, not in the part")


def _cap_reached(node: Capped, found: Range | None) -> Reason:
    """Together they come to more than the cap."""
    most = Quantity(node.cap.value, node.cap.value, node.unit)
    says = Label("合計超過上限，只計到上限", "together above the cap, and counted up to it")
    return Reason(None, "counted", says, have=quantity(found, node.unit), need=most)


def _conditions_of(_node: AmountNode) -> list[Reason]:
    return []


def _clause_amount(node: ClauseAmount, reader: Reader) -> Explained:
    found, parts, counted, not_counted = explain_amount(node.amount, reader)
    reason = Reason(
        node.clause,
        "counted",
        reader.says[node.clause],
        have=quantity(found, node.unit),
        window=window_of(node.amount, reader),
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
            have = shown(part, reader)
            counted = picked_facts(part, reader)
            says = reader.says[part.clause]
            reasons.append(Reason(part.clause, "counted", says, have=have, counted=counted))
    return reasons
