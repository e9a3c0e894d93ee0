"""
Random rules of the whole algebra, and random dossiers for them to meet.

Days crowd around leap days and the edges of windows, values around the amounts that rules ask for,
so that most rules are undecided by a hair. Every node class is here; a test holds that.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

from tiaoli.facts.dossier import Dossier, Fact, Tier
from tiaoli.facts.kinds import NONE, Attribute, Kind, Type, Unit
from tiaoli.facts.periods import Period, days, look_back, months, years
from tiaoli.facts.values import absent_value
from tiaoli.facts.vocabulary import find
from tiaoli.rules import (
    AS_OF,
    ASKED_ON,
    NEVER,
    PERIOD_END,
    PERIOD_START,
    SATISFIED,
    Amount,
    AmountNode,
    Cap,
    Fold,
    Once,
    Quantifier,
    RankingMethod,
    Records,
    Rule,
    Value,
    all_of,
    amount_clause,
    amount_table,
    any_of,
    any_record,
    at_least_of,
    between,
    capped,
    clause,
    completed,
    contest,
    count,
    date_of,
    day_clause,
    day_if,
    day_of,
    day_of_earlier_month,
    day_table,
    days_after,
    days_later,
    deadline,
    during,
    each_from_a_different_event,
    each_one,
    each_period,
    earlier_of,
    earliest,
    elapsed,
    every,
    excess,
    first_of_year,
    follow,
    hours,
    how_many,
    in_cycle,
    its,
    judged,
    known_if,
    last_day_of,
    later_of,
    latest,
    ledger,
    length_of,
    lookback,
    month_end_on_or_after,
    named,
    no,
    not_a_holiday_on_or_after,
    not_stated,
    number_of,
    of_each,
    of_each_period,
    or_else,
    per_day,
    periods_in,
    points,
    portion,
    presumed,
    programme_day,
    rank,
    reached_on,
    reading,
    records,
    related,
    served,
    share,
    shown_by,
    sum_capped,
    sum_of,
    sum_once,
    the,
    tied,
    times,
    told_if_met,
    total,
    union,
    unless,
    waived_by,
    workday_on_or_after,
    workdays_after,
    workdays_before,
    year_of,
)
from tiaoli.rules import (
    look_back as looking_back,
)
from tiaoli.rules.moments import Moved, Movement

TOLD = {
    "publication": ("type", "peer_reviewed", "author_role", "work_id", "publication_date"),
    "training": ("type", "topics", "hours", "end_date", "expiry_date", "renews", "field"),
    "level_award": ("level", "approval_date"),
    "clinical_service": ("working_time", "duty_items", "start_date", "end_date"),
    "presentation": ("type", "professional", "event", "date"),
    "case_discussion": ("event", "date"),
    "quality_activity": ("role", "activity_id", "start_date", "end_date"),
    "application": ("level", "institution_received_date", "decision_date"),
    "qualification": ("type", "hours", "notice", "end_date"),
    "facility_notice": ("fields", "filing_date", "training_start"),
    "course_session": ("attribute", "title", "date", "start", "end"),
    "contender": ("total", "self_trained", "passed", "entered_date"),
}
"""What the generated facts tell, by kind; the rest is as if it had been left out."""

KINDS = tuple(TOLD)
CLAUSES = ("C1", "C2", "C3", "C4")
KEYS = {"edge": ("strict", "lenient"), "scope": ("narrow", "wide")}

_ANCHORS = (
    datetime.date(2024, 2, 29),
    datetime.date(2025, 3, 1),
    datetime.date(2023, 12, 31),
    datetime.date(2026, 6, 30),
)

near_the_edge = st.builds(
    lambda anchor, back, off: look_back(anchor, years(back)) + datetime.timedelta(days=off),
    st.sampled_from(_ANCHORS),
    st.integers(0, 4),
    st.integers(-1, 1),
)
"""A leap day or another anchor, some full years earlier, or the day before or after that."""

asking_days = st.one_of(near_the_edge, st.sampled_from(_ANCHORS))


@st.composite
def _drawn(draw: st.DrawFn, make: Callable[..., st.SearchStrategy[Any]], *of: Any) -> Any:
    return draw(make(*of))


def told_briefly(
    make: Callable[..., st.SearchStrategy[Any]],
) -> Callable[..., st.SearchStrategy[Any]]:
    """Made once, and shown by its name: spelled out, a rule's strategy fills a screen or a disk."""
    made = cache(make)
    return lambda *of: _drawn(made, *of)


# --- Dossiers -----------------------------------------------------------------------------


_times_of_day = st.sampled_from(
    [datetime.time(9), datetime.time(12), datetime.time(17), datetime.time(17, 0, 1)]
)


@cache
def given_values(attribute: Attribute) -> st.SearchStrategy[Any]:
    """What somebody may have said: never unknown, never none."""
    few = attribute.option_names[:3]
    of_type: dict[Type, st.SearchStrategy[Any]] = {
        Type.TEXT: st.sampled_from("ABC"),
        Type.REFERENCE: st.sampled_from(
            [f"{attribute.refers_to}-{n}" for n in (1, 2, 3)] + ["nobody"]
        ),
        Type.TEXTS: st.lists(st.sampled_from("ABC"), max_size=2).map(tuple),
        Type.WHOLE: st.integers(0, 3),
        Type.NUMBER: st.sampled_from([Decimal(0), Decimal("1.5"), Decimal(2)]),
        Type.DURATION: st.sampled_from([0, 50, 60, 120, 240]),
        Type.YES_NO: st.booleans(),
        Type.DAY: near_the_edge,
        Type.MOMENT: st.builds(datetime.datetime.combine, near_the_edge, _times_of_day),
        Type.CHOICE: st.sampled_from(few or ("",)),
        Type.CHOICES: st.lists(st.sampled_from(few or ("",)), unique=True).map(tuple),
    }
    return of_type[attribute.type]


@cache
def values_of(attribute: Attribute) -> st.SearchStrategy[Any]:
    """Given three times in five, else not known, or known to be none."""
    given = given_values(attribute)
    return st.one_of(given, given, given, st.none(), st.just(NONE))


def in_order(kind: Kind, values: dict[str, Any]) -> dict[str, Any]:
    """A period ends no earlier than it begins, as every dossier that is read has it."""
    if kind.happens is None or kind.ends is None:
        return values
    first, last = values[kind.happens], values[kind.ends]
    if isinstance(first, datetime.date) and isinstance(last, datetime.date) and last < first:
        return {**values, kind.happens: last, kind.ends: first}
    return values


@cache
def rows(name: str) -> st.SearchStrategy[dict[str, Any]]:
    kind = find(name)
    untold = {a.name: absent_value(a) for a in kind.attributes.values()}
    told = st.fixed_dictionaries({a: values_of(kind.attributes[a]) for a in TOLD[name]})
    return told.map(lambda values: in_order(kind, {**untold, **values}))


_rulings = st.builds(
    lambda clause_id, decision, day: {
        "clause": clause_id,
        "about": NONE,
        "decision": decision,
        "by": "R",
        "role": NONE,
        "reason": NONE,
        "date": day,
    },
    st.sampled_from(CLAUSES),
    st.sampled_from(["met", "not_met"]),
    near_the_edge,
)
"""A ruling without a clause, a decision and a day is none yet, so all three are always given."""

_told = st.sampled_from((*KINDS, "judgement")).flatmap(
    lambda name: st.tuples(
        st.just(name), _rulings if name == "judgement" else rows(name), st.sampled_from(Tier)
    )
)

SUBJECT = Fact(
    "someone",
    "practitioner",
    {a.name: absent_value(a) for a in find("practitioner").attributes.values()},
)


def _dossier(told: list[tuple[str, dict[str, Any], Tier]], incomplete: frozenset[str]) -> Dossier:
    facts = (
        Fact(f"{name}-{number}", name, values, tier)
        for number, (name, values, tier) in enumerate(told, 1)
    )
    return Dossier(SUBJECT, tuple(facts), incomplete)


dossiers = st.builds(
    _dossier,
    st.lists(_told, max_size=9),
    st.one_of(
        st.just(frozenset[str]()), st.frozensets(st.sampled_from(KINDS), min_size=1, max_size=2)
    ),
)


# --- Days ---------------------------------------------------------------------------------

periods = st.sampled_from(
    [years(1), years(2), years(3), months(6), days(30), Period(years=1, months=1, days=1)]
)
_years = st.integers(1, 3)

_constants = st.builds(lambda day: date_of(day.year, day.month, day.day), near_the_edge)


@cache
def _days_of(name: str) -> tuple[str, ...]:
    kind = find(name)
    return tuple(a for a in TOLD[name] if kind.attributes[a].type is Type.DAY)


def _own_days(name: str) -> st.SearchStrategy[Value]:
    of = records(name)
    named = [follow(of.notice).filing_date] if name == "qualification" else []
    return st.sampled_from([*(getattr(of, attribute) for attribute in _days_of(name)), *named])


@told_briefly
def picked_days() -> st.SearchStrategy[Value]:
    """A day of the latest, the first or the named record of a kind."""

    def pick(name: str) -> st.SearchStrategy[Value]:
        of = records(name)
        by = getattr(of, _days_of(name)[-1])
        ways = st.sampled_from([latest, earliest, the])
        return st.builds(
            lambda way, attribute: getattr(way(of, by), attribute),
            ways,
            st.sampled_from(_days_of(name)),
        )

    return st.sampled_from(KINDS).flatmap(pick)


_SOME_TRAINING = st.deferred(lambda: plain_sets("training"))


def _moments(kind: str | None) -> st.SearchStrategy[Value]:
    session = records("course_session")
    picked = [the(session, session.date).start, latest(session, session.date).end]
    own = [session.start, session.end] if kind == "course_session" else []
    return st.sampled_from([*picked, *own])


_full_days = st.deferred(
    lambda: st.builds(
        lambda of, need: reached_on(records("training").hours, of, need),
        sets("training").filter(lambda of: of.kind.happens is not None),
        _minutes,
    )
)


_award = latest(records("level_award"))
_few_days = st.sampled_from(
    [latest(records("contender")).self_trained, the(records("contender")).self_trained]
)


@told_briefly
def still_days(kind: str | None = None) -> st.SearchStrategy[Value]:
    """Days that do not move with the day of asking, apart from falling back upon it."""
    known = st.one_of(
        _constants, picked_days(), *([_own_days(kind)] * 3 if kind is not None else [])
    )
    return st.one_of(
        known,
        known,
        st.builds(or_else, known, st.one_of(known, st.just(AS_OF))),
        st.builds(later_of, known, known),
        st.builds(earlier_of, st.builds(or_else, known, st.just(AS_OF)), st.just(AS_OF)),
        st.builds(workday_on_or_after, known),
        st.builds(days_later, known, _few_days),
        st.builds(lambda day: Moved(day, Movement.SATURDAY_ON_OR_AFTER, days(0)), known),
        st.builds(lambda of, day: day_if(any_record(of), day), _SOME_TRAINING, known),
        st.builds(
            lambda day, n: first_of_year(day, years_before=n), known, st.sampled_from([0, 1])
        ),
        st.builds(month_end_on_or_after, known, st.sampled_from([2, 9])),
        st.builds(workdays_after, known, st.integers(1, 5)),
        st.builds(
            lambda day, n, made_up, labour: workdays_before(
                day, n, makeup_saturdays=made_up, labour_day=labour
            ),
            known,
            st.integers(1, 4),
            st.booleans(),
            st.booleans(),
        ),
        st.builds(not_a_holiday_on_or_after, known),
        st.builds(
            lambda rule, a, b: day_table((rule, a), (~rule, b)),
            st.sampled_from([_award.level.is_("RT1"), _award.approval_date.is_given()]),
            known,
            known,
        ),
        st.builds(day_of_earlier_month, known, st.sampled_from([15, 25])),
        st.builds(day_of, _moments(kind), closes=st.sampled_from([None, datetime.time(17)])),
        _full_days,
        st.builds(day_clause, st.sampled_from(CLAUSES), known),
        st.builds(lambda a, b: reading("edge", strict=a, lenient=b), known, known),
    )


@told_briefly
def moving_days(kind: str | None = None) -> st.SearchStrategy[Value]:
    """
    The day of asking, or a day counted from it, or from a record where there is one.

    Two days that each follow the day of asking are never compared: the order of "a year from now"
    and "365 days from now" turns at every leap day, and no text asks for it.
    """
    anchors = st.one_of(
        st.just(AS_OF),
        st.just(AS_OF),
        st.just(ASKED_ON),
        st.builds(or_else, still_days(kind), st.just(AS_OF)),
        still_days(kind),
    )
    return st.one_of(
        anchors,
        st.builds(looking_back, anchors, periods),
        st.builds(lambda day, n, first: completed(day, years(n), first_day_counts=first),
                  anchors, _years, st.booleans()),
        st.builds(last_day_of, anchors, periods),
        st.builds(deadline, anchors, periods),
        st.builds(days_after, anchors, st.sampled_from([-400, -1, 1, 30])),
    )  # fmt: skip


_OPS: tuple[Callable[[Value, Value], Rule], ...] = (
    lambda a, b: a <= b,
    lambda a, b: a >= b,
    lambda a, b: a < b,
    lambda a, b: a > b,
    lambda a, b: a.same_as(b),
)


@told_briefly
def day_rules(kind: str | None = None) -> st.SearchStrategy[Rule]:
    """Comparisons of days, and windows."""
    still, moving = still_days(kind), moving_days(kind)
    ends = st.one_of(st.just(AS_OF), st.just(AS_OF), st.just(ASKED_ON), still)
    return st.one_of(
        st.builds(lambda op, a, b: op(a, b), st.sampled_from(_OPS), still, moving),
        st.builds(lambda op, a, b: op(a, b), st.sampled_from(_OPS), moving, still),
        st.builds(
            lambda day, period, edge, to: lookback(day, period, edge_inside=edge, to=to),
            still,
            periods,
            st.booleans(),
            ends,
        ),
        st.builds(between, still, still, ends),
        st.builds(during, still, st.just(records("clinical_service"))),
    )


# --- Conditions of a set of records -------------------------------------------------------


@told_briefly
def asked_of(name: str) -> st.SearchStrategy[Rule]:
    """One requirement upon the record in hand."""
    of = records(name)
    kind = find(name)
    asked: list[st.SearchStrategy[Rule]] = [day_rules(name)]
    for attribute in (kind.attributes[a] for a in TOLD[name]):
        asked.append(_asked_of_value(getattr(of, attribute.name), attribute))
    return st.one_of(asked)


_ORDERS = _OPS[:4]


def _asked_of_value(value: Any, attribute: Attribute) -> st.SearchStrategy[Rule]:
    given = given_values(attribute)
    presence = st.sampled_from([value.is_absent(), value.is_given()])
    match attribute.type:
        case Type.TEXT if attribute.name == "title":
            return st.sampled_from("ABC").map(value.contains)
        case Type.CHOICE | Type.YES_NO | Type.TEXT:
            options = st.lists(given, min_size=1, max_size=2, unique=True)
            return st.one_of(options.map(lambda some: value.is_in(*some)), presence)
        case Type.CHOICES | Type.TEXTS:
            names = st.sampled_from(attribute.option_names[:3] or "ABC")
            options = st.lists(names, max_size=2, unique=True)
            return st.one_of(options.map(lambda some: value.includes(*some)), presence)
        case Type.DURATION:
            amounts = st.sampled_from([hours(0), hours(1), hours("2.5")])
            op = st.sampled_from(_ORDERS)
            return st.one_of(st.builds(lambda op, a: op(value, a), op, amounts), presence)
    return presence


@told_briefly
def related_to(name: str) -> st.SearchStrategy[Rule]:
    """Another record agrees with the one in hand."""
    own = records(name)
    match name:
        case "training":
            pair = (own.renews, own.field)
        case "presentation" | "case_discussion":
            other = records("case_discussion" if name == "presentation" else "presentation")
            return st.builds(
                lambda others: related(others, (own.event, other.event)), sets(other.kind.name)
            )
        case "quality_activity":
            service = records("clinical_service")
            return st.builds(
                lambda others: related(others, (own.activity_id, service.duty_items)),
                sets("clinical_service"),
            )
        case "clinical_service":
            activity = records("quality_activity")
            return st.builds(
                lambda others: related(others, (own.duty_items, activity.activity_id)),
                sets("quality_activity"),
            )
        case "publication":
            pair = (own.work_id, own.work_id)
        case _:
            day = getattr(own, _days_of(name)[0])
            pair = (day, day)
    return st.builds(lambda others: related(others, pair), sets(name))


@told_briefly
def conditions(name: str) -> st.SearchStrategy[Rule]:
    """What ``where`` may ask, up to two levels deep."""
    one = st.one_of(asked_of(name), asked_of(name), asked_of(name), related_to(name))
    elsewhere = st.deferred(lambda: st.sampled_from(KINDS).flatmap(_requirement_elsewhere))
    return st.one_of(one, one, one, _compounds(one), _compounds(st.one_of(one, elsewhere)))


def _requirement_elsewhere(name: str) -> st.SearchStrategy[Rule]:
    """A requirement upon other records, inside the condition of these."""
    return st.one_of(
        st.builds(any_record, plain_sets(name)),
        st.builds(lambda of, n: count(of).at_least(n), plain_sets(name), st.integers(0, 2)),
        st.builds(every, plain_sets(name), asked_of(name)),
    )


def _compounds(one: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    """The ways in which rules combine, over ``one``."""
    some = st.lists(one, min_size=2, max_size=3)
    return st.one_of(
        some.map(lambda rules: all_of(*rules)),
        some.map(lambda rules: any_of(*rules)),
        some.map(lambda rules: at_least_of(2, *rules)),
        one.map(lambda rule: ~rule),
        st.builds(unless, one, one),
        st.builds(waived_by, one, one),
        st.builds(lambda rule, met: presumed(rule, met, "推定", "taken as"), one, st.booleans()),
        st.builds(clause, st.sampled_from(CLAUSES), one),
        st.builds(lambda c, rule: shown_by(clause(c, rule)), st.sampled_from(CLAUSES), one),
        st.builds(lambda rule: named("名稱", "a name", rule), one),
        st.builds(lambda c, rule: told_if_met(clause(c, rule)), st.sampled_from(CLAUSES), one),
        st.builds(lambda a, b: reading("scope", narrow=a, wide=b), one, one),
    )


@told_briefly
def plain_sets(name: str) -> st.SearchStrategy[Records]:
    """All records of a kind, or those that meet one requirement."""
    of = records(name)
    return st.one_of(st.just(of), asked_of(name).map(of.where))


@told_briefly
def sets(name: str) -> st.SearchStrategy[Records]:
    of = records(name)
    narrowed = st.deferred(lambda: conditions(name).map(of.where))
    return st.one_of(st.just(of), narrowed, narrowed, narrowed.map(lambda some: some.whenever()))


any_set = st.sampled_from(KINDS).flatmap(sets)


# --- Amounts ------------------------------------------------------------------------------

_minutes = st.sampled_from([hours(0), hours(1), hours(2), hours(4)])
_numbers = st.integers(0, 3).map(number_of)
_WORK = {"publication": "work_id", "presentation": "event", "case_discussion": "event",
         "training": "field", "quality_activity": "activity_id"}  # fmt: skip
_named = st.sampled_from(tuple(_WORK))

_distinct_counts = _named.flatmap(
    lambda name: sets(name).map(lambda of: count(of, distinct=_WORK[name]))
)
_union_counts = st.tuples(_named, _named).flatmap(
    lambda names: st.builds(
        lambda one, other: count(union(one, other), distinct=tuple(_WORK[n] for n in names)),
        sets(names[0]),
        sets(names[1]),
    )
)
counts = st.one_of(
    any_set.map(count),
    st.builds(lambda one, other: count(union(one, other)), any_set, any_set),
    _distinct_counts,
    _union_counts,
)

_trained = records("training")
_worth = st.builds(
    lambda rule, more, less: amount_table(
        (rule, more), (~rule & records("training").topics.is_given(), less), otherwise=hours(0)
    ),
    st.deferred(lambda: asked_of("training")),
    _minutes,
    _minutes,
)
"""A schedule of what one training is worth."""

_programmes = st.builds(
    lambda limit, short, long: amount_table(
        (programme_day.elapsed <= limit, short), otherwise=total(long, long)
    ),
    _minutes,
    _minutes,
    _minutes,
)
"""What the programme of one day is worth."""

_lengths = sets("course_session").map(
    lambda of: sum_of(elapsed(records("course_session").start, records("course_session").end), of)
)

sums = st.one_of(
    _lengths,
    st.builds(per_day, sets("course_session"), _programmes),
    sets("training").map(lambda of: sum_of(records("training").hours, of)),
    st.builds(lambda of, worth: sum_of(worth, of), sets("training"), _worth),
    st.builds(lambda of, worth: sum_once(worth, of, by="field"), sets("training"), _worth),
    st.builds(
        lambda of, cap: sum_capped(records("training").hours, of, by="field", cap=cap),
        sets("training"),
        _minutes,
    ),
)


def _amounts_over(one: st.SearchStrategy[AmountNode], of: Unit) -> st.SearchStrategy[AmountNode]:
    """The ways in which amounts of one unit combine."""
    plain: st.SearchStrategy[Any] = _minutes if of is Unit.MINUTE else _numbers
    asked = st.deferred(lambda: requirements())  # noqa: PLW0108  # defined below
    return st.one_of(
        one,
        one,
        st.builds(total, one, one),
        st.builds(capped, one, plain),
        st.builds(excess, one, one),
        st.builds(times, one, st.one_of(_numbers, counts)),
        st.builds(amount_clause, st.sampled_from(CLAUSES), one),
        st.builds(lambda a, b: reading("scope", narrow=a, wide=b), one, one),
        st.builds(
            lambda a, b, x, y, z: amount_table((a, x), (~a & b, y), otherwise=z),
            asked,
            asked,
            one,
            one,
            one,
        ),
        st.builds(
            lambda a, b, x, y, z: amount_table((a, x), (b, y), otherwise=z, in_order=True),
            asked,
            asked,
            one,
            one,
            one,
        ),
        st.just(not_stated("費用", "fee", of)),
    )


_minute_shares = st.builds(
    lambda pool, up: times(
        hours(1),
        portion(_trained.hours, hours(1), up=up, pooled=(_trained.field,) if pool else ()),
    ),
    st.booleans(),
    st.booleans(),
)


@told_briefly
def ledgers() -> st.SearchStrategy[AmountNode]:
    """What trainings count in turn, with a cap and sometimes only once."""
    asked = asked_of("training")
    lists = st.just(times(hours(1), length_of(_trained.topics)))
    full = periods_in(_trained.end_date, or_else(_trained.expiry_date, AS_OF), days(200))
    return st.builds(
        lambda of, raw, capped_, by, single, highest, cap_first, first, within, cut: ledger(
            of,
            raw,
            day=_trained.end_date,
            factor=amount_table((first, number_of(Decimal("1.5"))), otherwise=number_of(1)),
            caps=(Cap("C1", capped_, hours(3), by),),
            once=(Once("C2", single, (_trained.field,), highest),),
            cap_first=cap_first,
            first=first,
            within=within,
            **cut,
        ),
        sets("training"),
        st.one_of(_minute_shares, lists, _worth, st.just(times(hours(1), full))),
        asked,
        st.sampled_from([(), (_trained.field,)]),
        st.one_of(st.just(NEVER), asked),
        st.booleans(),
        st.booleans(),
        st.one_of(st.just(NEVER), asked),
        st.one_of(st.just(SATISFIED), asked),
        st.sampled_from(
            [{}, {"step": number_of(40)}, {"step": number_of(40), "pooled": (_trained.field,)}]
        ),
    )


# --- One after another --------------------------------------------------------------------

_papers = records("publication")
_folds = st.sampled_from([fold for fold in Fold if fold is not Fold.LAST])
_lengths_of_time = st.sampled_from([years(1), months(6)])


@told_briefly
def _rules_in_turn(within: bool) -> st.SearchStrategy[Rule]:
    """What is asked of the training whose turn it is; ``within``, of a period of it."""
    same = _papers.work_id.same_as(its(_trained).field)
    when = [between(_papers.publication_date, PERIOD_START, PERIOD_END)] if within else []
    return st.one_of(
        st.just(any_record(_papers.where(same, *when))),
        st.just(its(_trained).expiry_date.is_given()),
        st.builds(lambda n: count(_papers.where(*(when or [same]))).at_least(n), st.integers(0, 2)),
        plain_sets("publication").map(lambda of: any_record(of.where(same))),
        st.builds(lambda n: its(_trained).hours >= n, _minutes),
    )


@told_briefly
def _amounts_in_turn(within: bool) -> st.SearchStrategy[AmountNode]:
    same = _papers.work_id.same_as(its(_trained).field)
    when = [between(_papers.publication_date, PERIOD_START, PERIOD_END)] if within else []
    counted = plain_sets("publication").map(lambda of: count(of.where(same, *when)))
    return st.one_of(
        counted,
        st.builds(
            lambda rule, amount: known_if(rule, amount, "紀錄", "records"),
            _rules_in_turn(within),
            counted,
        ),
    )


def _starts(within: bool) -> st.SearchStrategy[Value]:
    return st.one_of(_constants, *([st.just(its(_trained).end_date)] * 2 if within else []))


@told_briefly
def _yearly(within: bool) -> st.SearchStrategy[AmountNode]:
    """Year after year; the trainings take their turn outside, if they do."""
    each = (
        _amounts_in_turn(True)
        if within
        else plain_sets("publication").map(
            lambda of: count(of.where(between(_papers.publication_date, PERIOD_START, PERIOD_END)))
        )
    )
    return st.builds(
        lambda start, until, period, each, fold, none, first: of_each_period(
            start, until, period, each, fold=fold, otherwise=none, first=first
        ),
        _starts(within),
        st.one_of(st.just(AS_OF), _constants),
        _lengths_of_time,
        each,
        st.sampled_from(list(Fold)),
        _numbers,
        st.sampled_from([1, 1, 2]),
    )


in_turn = st.one_of(
    st.builds(
        lambda of, each, fold, none: of_each(of, each, fold=fold, otherwise=none),
        sets("training"),
        st.one_of(_amounts_in_turn(False), _yearly(True)),
        _folds,
        _numbers,
    ),
    _yearly(False),
)
"""Amounts of one training, or one year, after another."""

turn_rules = st.one_of(
    st.builds(each_one, sets("training"), _rules_in_turn(False), st.sampled_from(Quantifier)),
    st.builds(
        each_period,
        _starts(False),
        st.one_of(st.just(AS_OF), _constants),
        _lengths_of_time,
        plain_sets("publication").map(
            lambda of: any_record(of.where(_papers.publication_date >= PERIOD_START))
        ),
        st.sampled_from(Quantifier),
    ),
    st.builds(lambda op, a, b: op(a, b), st.sampled_from(_ORDERS), in_turn, _numbers),
    st.builds(
        lambda op, of, part, n: op(
            share(count(of.where(part)), count(of)), Amount(n, Unit.PERCENT)
        ),
        st.sampled_from(_ORDERS),
        plain_sets("publication"),
        asked_of("publication"),
        st.sampled_from([0, 50, 100]),
    ),
    st.builds(
        lambda op, day, n: op(year_of(day), number_of(n)),
        st.sampled_from(_ORDERS),
        still_days(),
        st.integers(2022, 2026),
    ),
)


_contender = records("contender")
_contests = st.builds(
    lambda of, width: contest(
        of, total=_contender.total, priority=_contender.self_trained, width=points(width)
    ),
    sets("contender"),
    st.sampled_from([0, 1, "1.5"]),
)
_whose = st.sampled_from([way(_contender).programme for way in (the, latest, earliest)])

ranking_rules = st.one_of(
    st.builds(
        lambda op, among, whose, method, n: op(rank(among, whose, method), number_of(n)),
        st.sampled_from(_ORDERS),
        _contests,
        _whose,
        st.sampled_from(RankingMethod),
        st.integers(1, 3),
    ),
    st.builds(in_cycle, _contests, _whose),
    st.builds(tied, _contests, _whose),
)


ledger_rules = st.builds(lambda op, a, b: op(a, b), st.sampled_from(_ORDERS), ledgers(), _minutes)
"""What trainings count together against a number."""

amount_rules = st.one_of(
    ranking_rules,
    ledger_rules,
    st.deferred(
        lambda: st.builds(
            lambda rules, n: how_many(*rules).at_most(n),
            st.lists(requirements(), min_size=1, max_size=3),
            st.integers(0, 2),
        )
    ),
    st.builds(lambda amount, n: amount.at_least(n), counts, st.integers(0, 3)),
    st.builds(lambda amount, n: amount.at_least(n), sums, _minutes),
    st.builds(
        lambda op, a, b: op(a, b),
        st.sampled_from(_ORDERS),
        _amounts_over(counts, Unit.ONE),
        st.one_of(_numbers, counts),
    ),
    st.builds(
        lambda op, a, b: op(a, b),
        st.sampled_from(_ORDERS),
        _amounts_over(sums, Unit.MINUTE),
        st.one_of(_minutes, sums),
    ),
    st.builds(
        lambda op, pick, b: op(pick(records("training")).hours, b),
        st.sampled_from(_ORDERS),
        st.sampled_from([latest, earliest, the]),
        st.one_of(_minutes, sums),
    ),
)


# --- Rules --------------------------------------------------------------------------------

_served = st.builds(
    lambda of, number, since, first, last: served(
        of, number, since=since, first_day_counts=first, complete_on_last_day=last
    ),
    st.one_of(st.just(records("clinical_service")), sets("clinical_service")),
    _years,
    st.one_of(st.none(), picked_days(), _constants),
    st.booleans(),
    st.booleans(),
)
_different_events = st.lists(
    st.sampled_from(["presentation", "case_discussion"]).flatmap(sets), min_size=2, max_size=3
).map(lambda some: each_from_a_different_event(*some, event="event"))
_course = the(records("training"))
_notice = follow(the(records("qualification")).notice)


@told_briefly
def requirements() -> st.SearchStrategy[Rule]:
    """One requirement upon the subject."""
    return st.one_of(
        st.sampled_from([SATISFIED, NEVER]),
        any_set.map(any_record),
        any_set.map(any_record),
        any_set.map(no),
        st.sampled_from(KINDS).flatmap(lambda name: st.builds(every, sets(name), conditions(name))),
        _different_events,
        _served,
        st.sampled_from(CLAUSES).map(lambda c: judged(c, "是否可行", "whether it will do")),
        amount_rules,
        turn_rules,
        day_rules(),
        st.sampled_from(
            [
                _award.level.is_in("RT1", "RT2"),
                _award.approval_date.is_absent(),
                _course.topics.includes("technique"),
                _course.hours.is_given(),
                _notice.fields.includes("time"),
                _notice.filing_date <= _notice.training_start,
                _notice.filing_date.is_given(),
            ]
        ),
    )


@told_briefly
def rules() -> st.SearchStrategy[Rule]:
    """Rules of the whole algebra; readings are left open (see ``readings``)."""
    one = requirements()
    return st.recursive(one, _compounds, max_leaves=4)


readings = st.fixed_dictionaries({key: st.sampled_from(names) for key, names in KEYS.items()})


# --- What becomes known -------------------------------------------------------------------

Place = tuple[str, str]
"""A fact by its id, and one of its attributes."""


def blank(dossier: Dossier, told: bool = True) -> list[Place]:
    """The attributes that are not known, of those that the generated facts tell."""
    return [
        (fact.id, name)
        for fact in dossier.facts
        for name in (TOLD.get(fact.kind, ()) if told else fact.values)
        if fact.values[name] is None
    ]


def with_value(dossier: Dossier, place: Place, value: Any) -> Dossier:
    """The same dossier with one attribute of one fact told."""
    return _changed(dossier, {place: value})


def _changed(dossier: Dossier, values: dict[Place, Any]) -> Dossier:
    facts = []
    for fact in dossier.facts:
        mine = {name: value for (fact_id, name), value in values.items() if fact_id == fact.id}
        told = {**fact.values, **mine}
        facts.append(replace(fact, values=told) if mine else fact)
    return Dossier(dossier.subject, tuple(facts), dossier.incomplete)


def _is_in_order(fact: Fact) -> bool:
    return in_order(find(fact.kind), dict(fact.values)) == fact.values


def with_values(dossier: Dossier, places: list[Place]) -> st.SearchStrategy[Dossier]:
    """The same dossier with some of its unknown attributes told, in whatever way."""
    kinds = {fact.id: find(fact.kind) for fact in dossier.facts}
    values = {
        place: st.one_of(
            st.none(),
            values_of(kinds[place[0]].attributes[place[1]]),
            values_of(kinds[place[0]].attributes[place[1]]),
        )
        for place in places
    }
    filled = st.fixed_dictionaries(values).map(lambda told: _changed(dossier, told))
    return filled.filter(lambda told: all(map(_is_in_order, told.facts)))
