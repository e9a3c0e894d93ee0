"""
Which notice a line of a statement pays: computed, so that it can be shown before it is posted.

Several lines for one notice add up. A line that was posted before from another file is not counted
again. What does not match is left to the treasurer.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, Sum

from tiaoli.facts.kinds import Label
from tiaoli.platform.fees.actions import COUNTED
from tiaoli.platform.fees.models import Notice, Payment
from tiaoli.platform.fees.statements import Line, normal_case
from tiaoli.platform.people.models import Organisation

Match = Payment.Match


@dataclass(frozen=True, slots=True)
class Matched:
    """``lacking`` is what the notice still lacked before this line."""

    line: Line
    match: Match
    notice: Notice | None = None
    lacking: Decimal = Decimal(0)

    @property
    def says(self) -> Label:
        """Why it was matched so."""
        return _says(self)


def matches(organisation: Organisation, lines: Sequence[Line]) -> list[Matched]:
    """What posting these lines now would do, in their order; by three queries."""
    cases = {normal_case(line.case) for line in lines} - {""}
    notices = list(
        Notice.objects.filter(Q(case__in=cases) | Q(number__in=cases), payee=organisation)
        .select_related("payer")
        .order_by("pk")
    )
    came_in = dict(
        Payment.objects.filter(notice__in=notices, match__in=COUNTED)
        .values_list("notice")
        .annotate(Sum("amount"))
    )
    return _matched(lines, notices, came_in, _posted_before(organisation, lines))


def fingerprint(found: Iterable[Matched]) -> str:
    """Of what was shown: posting does that, or nothing."""
    words = "\n".join(
        f"{m.line.line} {m.match} {None if m.notice is None else m.notice.pk} {m.lacking}"
        for m in found
    )
    return hashlib.sha256(words.encode()).hexdigest()


def _posted_before(organisation: Organisation, lines: Sequence[Line]) -> Counter[tuple[str, ...]]:
    days = {line.received for line in lines}
    posted = Payment.objects.filter(
        statement__organisation=organisation,
        received__in=days,
        case__in={line.case for line in lines},
    ).values_list("case", "amount", "received", "payer")
    return Counter(_key(Line(0, *values)) for values in posted)


def _key(line: Line) -> tuple[str, ...]:
    return line.case, f"{line.amount:.2f}", line.received.isoformat(), line.payer


def _matched(
    lines: Sequence[Line],
    notices: Sequence[Notice],
    came_in: Mapping[int, Decimal],
    before: Counter[tuple[str, ...]],
) -> list[Matched]:
    by_number: dict[str, list[Notice]] = {}
    for notice in notices:
        for number in {normal_case(notice.case), normal_case(notice.number)}:
            by_number.setdefault(number, []).append(notice)
    lacking = {
        notice.pk: notice.amount - came_in.get(notice.pk, Decimal(0))
        if notice.state == Notice.State.DUE
        else Decimal(0)
        for notice in notices
    }
    left = Counter(before)
    found = []
    for line in lines:
        mine = by_number.get(normal_case(line.case), [])
        if left[_key(line)] > 0:
            left[_key(line)] -= 1
            found.append(Matched(line, Match.DUPLICATE, mine[-1] if mine else None))
            continue
        one = _match(line, mine, lacking)
        if one.notice is not None and one.match in COUNTED:
            lacking[one.notice.pk] -= line.amount
        found.append(one)
    return _together(found, lacking)


def _match(line: Line, mine: Sequence[Notice], lacking: Mapping[int, Decimal]) -> Matched:
    if not mine:
        return Matched(line, Match.UNKNOWN)
    open_ones = [notice for notice in mine if lacking[notice.pk] > 0]
    exact = next((notice for notice in open_ones if lacking[notice.pk] == line.amount), None)
    if exact is not None:
        return Matched(line, Match.EXACT, exact, line.amount)
    if not open_ones:
        return Matched(line, Match.WRONG_AMOUNT, mine[-1])
    first = open_ones[0]
    partial = line.amount < lacking[first.pk]
    match = Match.PARTIAL if partial else Match.WRONG_AMOUNT
    return Matched(line, match, first, lacking[first.pk])


def _together(found: list[Matched], lacking: Mapping[int, Decimal]) -> list[Matched]:
    """Lines that make up a notice together are exact, each of them."""
    return [
        Matched(m.line, Match.EXACT, m.notice, m.lacking)
        if m.match is Match.PARTIAL and m.notice is not None and lacking[m.notice.pk] == 0
        else m
        for m in found
    ]


def _says(found: Matched) -> Label:
    notice, amount = found.notice, found.line.amount
    if notice is None:
        return Label("沒有這個案號的繳費通知。", "No payment notice has this case number.")
    number, lacking = notice.number, found.lacking
    match found.match:
        case Match.DUPLICATE:
            return Label(
                "日期、金額、案號與付款人都和先前匯入的一筆相同，這次不計。",
                "Day, amount, case and payer are those of a line posted before: not counted again.",
            )
        case Match.EXACT if lacking == amount:
            return Label(f"繳清 {number}。", f"Pays {number} in full.")
        case Match.EXACT:
            return Label(
                f"與同案號的其他各筆合計繳清 {number}。",
                f"Pays {number} in full, together with other lines of the case.",
            )
        case Match.PARTIAL:
            rest = lacking - amount
            return Label(
                f"{number} 還缺 {lacking:,.0f} 元；入帳後尚缺 {rest:,.0f} 元。",
                f"{number} lacks TWD {lacking:,.0f}; TWD {rest:,.0f} after this.",
            )
    if lacking > 0:
        return Label(
            f"{number} 只缺 {lacking:,.0f} 元，多了 {amount - lacking:,.0f} 元。",
            f"{number} lacks only TWD {lacking:,.0f}: TWD {amount - lacking:,.0f} too much.",
        )
    state = Notice.State.of(notice.state).label
    return Label(
        f"{number} 的狀態是「{state.zh}」，沒有應繳的金額。",
        f"{number} is {state.en}: nothing is owed for it.",
    )
