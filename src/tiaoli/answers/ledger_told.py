"""
A ledger told line by line: raw amount, factor, what is counted, and why the rest is not.

Lines stand under the cap that they fill; those that no cap binds stand together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tiaoli.answers.allotment import Line, Share, shares
from tiaoli.answers.answer import NotCounted, Quantity, Reason
from tiaoli.answers.case import Case
from tiaoli.answers.in_words import quantity_text
from tiaoli.answers.meaning import LedgerRow, amount, holds, ledger_lines, plain, step_of
from tiaoli.facts.kinds import Label, Unit
from tiaoli.rules.amounts import AmountNode, Table
from tiaoli.rules.citation import ClauseAmount, ClauseRule
from tiaoli.rules.expressions import Node, Rule
from tiaoli.rules.ledgers import Cap, Ledger, Once

Says = Mapping[str, Label]
_UNCAPPED = Label("不設上限的活動", "activities without a cap")
_REPEATED = Label("同一課程或論文已計入", "the same course or paper already counts")


def told(node: Ledger, case: Case, says: Says) -> list[Reason]:
    """One reason for each cap that is drawn upon, and one for all that have none."""
    lines = ledger_lines(node, case)
    rows = {line.id: row for line, row in lines}
    rooms: dict[Any, list[Share]] = {}
    taking = [line for line, _ in lines]
    for share in shares(taking, cap_first=node.cap_first, step=step_of(node)):
        if share.line.added:
            rooms.setdefault(share.line.room, []).append(share)
    return [_room(node, found, rows, case, says) for found in rooms.values()]


def _room(
    node: Ledger, found: list[Share], rows: Mapping[str, LedgerRow], case: Case, says: Says
) -> Reason:
    lines = tuple(_line(node, share, rows[share.line.id], case, says) for share in found)
    have = _quantity(sum(share.counted for share in found), node.unit)
    counted = tuple(share.line.id for share in found)
    lost = tuple(one for line in lines for one in line.not_counted)
    cap = _cap_of(found[0].line)
    if cap is None:
        return Reason(None, "counted", _UNCAPPED, have, None, None, counted, lost, lines)
    need = Quantity(cap.most.value, cap.most.value, node.unit)
    return Reason(cap.clause, "counted", says[cap.clause], have, need, None, counted, lost, lines)


def _cap_of(line: Line) -> Cap | None:
    return None if line.room is None else line.room[0]  # type: ignore[index]  # a cap with its key


def _line(node: Ledger, share: Share, row: LedgerRow, case: Case, says: Says) -> Reason:
    counted = (share.line.id,)
    cited = dict.fromkeys((*_applied(node.raw, case, row), *_applied(node.factor, case, row)))
    parts = tuple(Reason(c, "counted", says[c], counted=counted) for c in cited)
    have, lost = _quantity(share.counted, node.unit), _lost(node, share)
    return Reason(None, "counted", _sum(node, share), have, None, None, counted, lost, parts)


def _sum(node: Ledger, share: Share) -> Label:
    raw = quantity_text(_quantity(share.line.raw[0], node.unit))
    factor = quantity_text(_quantity(share.line.factor[0], Unit.ONE))
    product = plain(share.line.raw[0] * share.line.factor[0])
    whole = quantity_text(_quantity(product, node.unit))
    zh, en = f"{raw.zh} × {factor.zh} = {whole.zh}", f"{raw.en} × {factor.en} = {whole.en}"
    if share.adjusted != product:
        cut = quantity_text(_quantity(share.adjusted, node.unit))
        zh, en = f"{zh}，捨去後 {cut.zh}", f"{en}, truncated to {cut.en}"
    return Label(f"{share.line.id}：{zh}", f"{share.line.id}: {en}")


def _lost(node: Ledger, share: Share) -> tuple[NotCounted, ...]:
    """The fraction that is not counted, and by which clause."""
    rest = share.adjusted - share.counted
    if rest <= 0:
        return ()
    left = quantity_text(_quantity(rest, node.unit))
    if share.repeated:
        why, clause = _REPEATED, _once_of(share.line).clause
    else:
        cap = _cap_of(share.line)
        assert cap is not None, "only a cap or a repetition takes anything away"
        most = quantity_text(_quantity(cap.most.value, node.unit))
        why, clause = Label(f"已達上限 {most.zh}", f"the cap of {most.en} is full"), cap.clause
    told_why = Label(f"{left.zh}不計：{why.zh}", f"{left.en} not counted: {why.en}")
    return (NotCounted(share.line.id, told_why, clause),)


def _once_of(line: Line) -> Once:
    return line.single[0]  # type: ignore[index, no-any-return]  # a Once with its key


def _quantity(number: Any, unit: Unit) -> Quantity:
    return Quantity(number, number, unit)


def _applied(node: Node, case: Case, row: LedgerRow) -> Iterator[str]:
    """The clauses that give this record its amount."""
    match node:
        case ClauseAmount(clause=clause, amount=inner):
            yield clause
            yield from _applied(inner, case, row)
        case ClauseRule(clause=clause, rule=inner):
            yield clause
            yield from _applied(inner, case, row)
        case Table(rows=table, otherwise=otherwise):
            met = [(rule, result) for rule, result in table if holds(rule, case, row)]
            for rule, result in met:
                yield from _applied(rule, case, row)
                yield from _applied(result, case, row)
            if not met:
                yield from _applied(otherwise, case, row)
        case _:
            for part in node.parts():
                if _tells(part, case, row):
                    yield from _applied(part, case, row)


def _tells(part: Node, case: Case, row: LedgerRow) -> bool:
    """Amounts of something, and rules that are met."""
    if isinstance(part, Rule):
        return holds(part, case, row) is True
    if not isinstance(part, AmountNode):
        return False
    found = amount(part, case, row)
    return found is not None and found.low > 0
