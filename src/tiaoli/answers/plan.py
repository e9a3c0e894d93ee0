"""
Plans: the smallest sets of further facts, or of waiting, that reach the goal; cheapest first.

From the rule come the ways in which what is not met could be met; each way is tried out with facts
that would count, over time, by the same reading that answers questions. Only what a person can
bring about by an effort of their own is proposed (``Kind.effort``); nobody is told to be older, and
no record is dated back.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from itertools import combinations, product
from typing import Any

from tiaoli.answers.answer import Quantity
from tiaoli.answers.case import Case
from tiaoli.answers.in_words import quantity_text, shown_value
from tiaoli.answers.meaning import Range, amount, holds
from tiaoli.answers.prepared import Prepared, prepare
from tiaoli.answers.refusals import checked_readings
from tiaoli.answers.timeline import Course
from tiaoli.answers.witness import witness
from tiaoli.facts.dossier import Dossier, Fact, Tier
from tiaoli.facts.kinds import NONE, Kind, Label, Type, Unit
from tiaoli.facts.vocabulary import find
from tiaoli.rules.amounts import (
    Amount,
    AmountNode,
    Capped,
    Count,
    GroupedSum,
    Sum,
    Table,
    Times,
    Total,
)
from tiaoli.rules.citation import ClauseAmount, ClauseRule, ShownBy, ToldIfMet
from tiaoli.rules.expressions import (
    AllOf,
    AnyOf,
    AtLeastOf,
    AttributeOf,
    Compare,
    Constant,
    Not,
    Rule,
    WaivedBy,
)
from tiaoli.rules.judgement import Judged, Presumed
from tiaoli.rules.moments import Within
from tiaoli.rules.records import AnyRecord, FromDifferentEvents, Records, Served, Union
from tiaoli.rules.regulation import Regulation

_MOST_WAYS = 48
_MOST_TRIED = 24
_RULING_EFFORT = Decimal(1)
_HOURS_A_DAY = 8


@dataclass(frozen=True, slots=True)
class Need:
    """
    So many more records of a set, or records that add up to an amount, or a ruling on a clause.
    """

    records: Records | None = None
    times: int = 1
    amount: Amount | None = None
    attribute: str | None = None
    ruling: Judged | None = None


Way = tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to bring about, with the facts that stand for it when it is tried out."""

    says: Label
    kind: str
    times: int
    facts: tuple[Fact, ...]
    effort: Decimal


@dataclass(frozen=True, slots=True)
class Plan:
    """With these steps, the goal holds from ``ready`` to ``until`` (None: without end)."""

    steps: tuple[Step, ...]
    ready: datetime.date
    until: datetime.date | None
    effort: Decimal

    def to_json(self) -> dict[str, Any]:
        return {
            "ready": self.ready.isoformat(),
            "until": None if self.until is None else self.until.isoformat(),
            "effort": str(self.effort),
            "steps": [
                {
                    "says": {"zh": step.says.zh, "en": step.says.en},
                    "kind": step.kind,
                    "times": step.times,
                    "effort": str(step.effort),
                }
                for step in self.steps
            ],
        }


def plans(
    regulation: Regulation,
    question: str,
    dossier: Dossier,
    *,
    on: datetime.date,
    readings: Mapping[str, str] | None = None,
    about: str | None = None,
    efforts: Mapping[str, Decimal] | None = None,
    most: int = 5,
) -> tuple[Plan, ...]:
    """
    The cheapest ways to the goal of ``question`` from the day ``on``; empty where there is none.

    ``efforts`` overrides the planning weight of a kind. Raises as ``ask`` does.
    """
    asked = regulation.question(question)
    if asked.goal is None:
        return ()
    prepared = prepare(regulation, asked, checked_readings(regulation, readings or {}))
    planner = _Planner(regulation, prepared, dossier, on=on, about=about, efforts=efforts or {})
    return tuple(planner.plans()[:most])


class _Planner:
    def __init__(
        self,
        regulation: Regulation,
        prepared: Prepared,
        dossier: Dossier,
        *,
        on: datetime.date,
        about: str | None,
        efforts: Mapping[str, Decimal],
    ) -> None:
        self.regulation = regulation
        self.prepared = prepared
        self.dossier = dossier
        self.on = on
        self.about = about
        self.efforts = efforts
        self.goal = prepared.question.goal or ""
        self.case = prepared.case(dossier, on, about)

    def plans(self) -> list[Plan]:
        found = [plan for plan in (self._waiting(), *self._with_facts()) if plan is not None]
        return sorted(_smallest(found), key=lambda plan: (plan.effort, plan.ready))

    def _waiting(self) -> Plan | None:
        return self._tried((), self.dossier)

    def _tried(self, steps: tuple[Step, ...], dossier: Dossier) -> Plan | None:
        course = Course(self.regulation, self.prepared, dossier, self.about)
        spell = course.spell_of(self.goal, self.on)
        if spell is None:
            return None
        ready = self.on if spell.first is None else max(spell.first, self.on)
        return Plan(steps, ready, spell.last, sum((s.effort for s in steps), Decimal(0)))

    def _with_facts(self) -> Iterator[Plan]:
        goals = [b.rule for b in self.prepared.question.bands if b.outcome == self.goal]
        ways = [way for rule in goals for way in self._ways(rule)]
        seen: set[frozenset[Need]] = set()
        for way in sorted(ways, key=self._effort_of)[:_MOST_TRIED]:
            if way and frozenset(way) not in seen:
                seen.add(frozenset(way))
                plan = self._soonest(way)
                if plan is not None:
                    yield self._minimal(plan)

    def _soonest(self, way: Way) -> Plan | None:
        """The facts dated today, or, where a window lets go of them too soon, later."""
        plan = self._at(way, self.on)
        if plan is not None:
            return plan
        course = Course(self.regulation, self.prepared, self.dossier, self.about)
        later = [day for day in course.days if day > self.on][:24]
        return next((p for p in (self._at(way, day) for day in later) if p is not None), None)

    def _at(self, way: Way, when: datetime.date) -> Plan | None:
        steps = []
        dossier = self.dossier
        for need in way:
            step = self._step(need, self.prepared.case(dossier, when, self.about), when)
            if step is None:
                return None
            steps.append(step)
            dossier = dossier.with_facts(*step.facts)
        return self._tried(tuple(steps), dossier)

    def _minimal(self, plan: Plan) -> Plan:
        """Leave out every step without which the goal is reached just as soon."""
        for step in sorted(plan.steps, key=lambda s: s.effort, reverse=True):
            rest = tuple(other for other in plan.steps if other is not step)
            facts = [fact for other in rest for fact in other.facts]
            smaller = self._tried(rest, self.dossier.with_facts(*facts))
            if smaller is not None and smaller.ready <= plan.ready:
                plan = smaller
        return plan

    # From a need to facts

    def _step(self, need: Need, case: Case, when: datetime.date) -> Step | None:
        if need.ruling is not None:
            return _ruling(need.ruling, when)
        assert need.records is not None
        kind = need.records.kind
        if self._effort(kind) is None:
            return None
        fixed = {}
        if need.amount is not None and need.attribute is not None:
            fixed = {need.attribute: need.amount.value}
        facts = [witness(need.records, case, when, fixed) for _ in range(need.times)]
        made = tuple(fact for fact in facts if fact is not None)
        if len(made) < need.times:
            return None
        return Step(_says(need, made[0]), kind.name, need.times, made, self._effort_of((need,)))

    def _effort(self, kind: Kind) -> Decimal | None:
        return self.efforts.get(kind.name, kind.effort)

    def _effort_of(self, way: Way) -> Decimal:
        return sum((self._need_effort(need) for need in way), Decimal(0))

    def _need_effort(self, need: Need) -> Decimal:
        if need.records is None:
            return _RULING_EFFORT
        each = self._effort(need.records.kind)
        if each is None:
            return Decimal(10**6)
        if need.amount is None:
            return each * need.times
        size = Decimal(need.amount.value)
        if need.amount.unit is Unit.MINUTE:
            size = max(Decimal(1), size / 60 / _HOURS_A_DAY)
        return each * size

    # From a rule to the ways of meeting it; the empty way is to wait

    def _ways(self, rule: Rule) -> list[Way]:
        if holds(rule, self.case) is True:
            return [()]
        match rule:
            case (
                ClauseRule(rule=inner)
                | ShownBy(rule=inner)
                | ToldIfMet(rule=inner)
                | Presumed(rule=inner)
            ):
                return self._ways(inner)
            case AllOf(rules=rules):
                return self._all(rules)
            case AnyOf(rules=rules):
                return self._kept(way for part in rules for way in self._ways(part))
            case WaivedBy(rule=inner, waiver=waiver):
                return self._kept((*self._ways(inner), *self._ways(waiver)))
            case AtLeastOf(number=number, rules=rules):
                chosen = combinations(rules, number)
                return self._kept(way for parts in chosen for way in self._all(parts))
            case AnyRecord(records=of):
                return [(Need(of),)]
            case FromDifferentEvents(sets=sets):
                return self._all_events(sets)
            case Compare(left=AmountNode() as left, op=">=", right=Amount() as right):
                return self._reaching(left, right)
            case Judged():
                return [(Need(ruling=rule),)]
            case Served() | Compare() | Within() | Not():
                return [()]
            case Constant():
                return []
        return []

    def _all(self, rules: Sequence[Rule]) -> list[Way]:
        ways: list[Way] = [()]
        for rule in rules:
            more = self._ways(rule)
            ways = self._kept(_joined(a, b) for a, b in product(ways, more))
        return ways

    def _kept(self, ways: Iterable[Way]) -> list[Way]:
        unique = {frozenset(way): way for way in ways}
        return sorted(unique.values(), key=lambda way: (self._effort_of(way), len(way)))[
            :_MOST_WAYS
        ]

    def _all_events(self, sets: tuple[Records, ...]) -> list[Way]:
        sizes = range(1, len(sets) + 1)
        return [tuple(Need(of) for of in some) for n in sizes for some in combinations(sets, n)]

    def _reaching(self, left: AmountNode, need: Amount) -> list[Way]:
        have = amount(left, self.case) or Range(0, 0)
        lacking = need.value - have.low
        return [way for way in self._more(left, lacking, need.unit) if way]

    def _more(self, node: AmountNode, lacking: Any, unit: Unit) -> Iterator[Way]:
        match node:
            case ClauseAmount(amount=inner) | Capped(amount=inner):
                yield from self._more(inner, lacking, unit)
            case Total(amounts=amounts):
                for part in amounts:
                    yield from self._more(part, lacking, unit)
            case Count(records=Records() as of):
                yield (Need(of, int(lacking)),)
            case Count(records=Union(sets=sets)):
                for of in sets:
                    yield (Need(of, int(lacking)),)
            case Sum(records=of, value=AttributeOf(attribute=attribute)):
                yield (Need(of, 1, Amount(lacking, unit), attribute.name),)
            case Sum(records=of, value=value) | GroupedSum(records=of, value=value):
                yield from _by_schedule(of, value, lacking)


def _by_schedule(of: Records, schedule: Any, lacking: Any) -> Iterator[Way]:
    """Records of each row of a schedule, as many as make up what is lacking."""
    match schedule:
        case Amount(value=each):
            yield (Need(of, _times(lacking, each)),)
        case ClauseAmount(amount=inner):
            yield from _by_schedule(of, inner, lacking)
        case Times(amount=Amount(value=each), number=AttributeOf(attribute=attribute)):
            size = Amount(_times(lacking, each), attribute.unit)
            yield (Need(of, 1, size, attribute.name),)
        case Table(rows=rows):
            for rule, result in rows:
                yield from _by_schedule(of.where(rule), result, lacking)


def _times(lacking: Any, each: Any) -> int:
    return int((Decimal(lacking) / Decimal(each)).to_integral_value(ROUND_CEILING))


def _joined(one: Way, other: Way) -> Way:
    return (*one, *(need for need in other if need not in one))


def _ruling(rule: Judged, when: datetime.date) -> Step:
    values: dict[str, Any] = dict.fromkeys(find("judgement").attributes, NONE)
    values |= {"clause": rule.clause, "decision": "met", "by": rule.who.zh, "date": when}
    says = Label(
        f"請{rule.who.zh}判斷：{rule.question.zh}（{rule.clause}）",
        f"have the {rule.who.en} judge: {rule.question.en} ({rule.clause})",
    )
    fact = Fact(f"plan-{rule.clause}", "judgement", values, Tier.CLAIMED, "plan")
    return Step(says, "judgement", 1, (fact,), _RULING_EFFORT)


def _says(need: Need, made: Fact) -> Label:
    """What to bring about, with the attributes that make it count."""
    assert need.records is not None
    kind = need.records.kind
    details = _details(kind, made, need.attribute)
    if need.amount is not None:
        size = quantity_text(Quantity(need.amount.value, need.amount.value, need.amount.unit))
        head = Label(f"{kind.label.zh} {size.zh}", f"{size.en} of {kind.label.en.lower()}")
    else:
        head = Label(f"{kind.label.zh} {need.times} 筆", f"{need.times} × {kind.label.en.lower()}")
    if not details.zh:
        return Label(f"再有{head.zh}", head.en)
    return Label(f"再有{head.zh}（{details.zh}）", f"{head.en} ({details.en})")


def _details(kind: Kind, made: Fact, counted: str | None) -> Label:
    shown = [
        (attribute.label, shown_value(attribute, made.values[name]))
        for name, attribute in kind.attributes.items()
        if attribute.type in (Type.CHOICE, Type.CHOICES, Type.YES_NO)
        and name != counted
        and made.values[name] not in (None, NONE)
    ]
    return Label(
        "、".join(f"{what.zh}：{v.zh}" for what, v in shown),
        ", ".join(f"{what.en.lower()}: {v.en}" for what, v in shown),
    )


def _smallest(found: list[Plan]) -> list[Plan]:
    """Without those that ask for more than another and are ready no sooner."""
    kept: list[Plan] = []
    for plan in sorted(found, key=lambda p: (len(p.steps), p.effort, p.ready)):
        wants = _wants(plan)
        if not any(_wants(k) <= wants and k.ready <= plan.ready for k in kept):
            kept.append(plan)
    return kept


def _wants(plan: Plan) -> frozenset[Label]:
    return frozenset(step.says for step in plan.steps)
