"""
The first day on which somebody qualifies by waiting alone, where the rule says so in closed form.

Of conditions that come true with time and stay true (a service that is complete, a day that has
come) the last decides. Whether everything else still holds on that day is asked of the whole rule,
as of that day of each subject; where it does not, no day is given.
"""

from __future__ import annotations

from functools import reduce

from tiaoli.population.goal import Step, goal_band, routes
from tiaoli.population.lowering import Lowering, Scope, Truth, Val
from tiaoli.population.lowering.truths import service_day
from tiaoli.population.terms import Term
from tiaoli.rules.citation import ClauseRule, Named, ShownBy, ToldIfMet
from tiaoli.rules.expressions import Compare, Rule
from tiaoli.rules.moments import AskedOn, AsOf
from tiaoli.rules.question import Question
from tiaoli.rules.records import Served


def earliest_day(question: Question, into: Lowering, scope: Scope) -> Val | None:
    """The day for each subject that does not yet qualify; None where no rule gives one."""
    found = goal_band(question)
    if found is None or not isinstance(question.as_of, AskedOn):
        return None
    terms = into.terms
    assert into.asked_on is not None
    days = [_waited_for(route, into, scope) for route in routes(question)]
    known = [day for day in days if day is not None]
    if not known or len(known) < len(days):
        return None  # nobody can say that the other way is not open sooner
    day = reduce(terms.smaller, known)
    now = goal_truth(question, into, scope)
    then = Lowering(terms, about=into.about)
    then.asked_on = then.as_of = day
    reached = goal_truth(question, then, scope).met
    later = terms.compare(into.asked_on, "<", day)
    return Val(terms.boolean(True), terms.both(terms.neg(now.met), later, reached), day)


def goal_truth(question: Question, into: Lowering, scope: Scope) -> Truth:
    """Whether the goal is reached: its band is met, and none that is tried before it."""
    found = goal_band(question)
    assert found is not None
    before, band = found
    failed = [into.negated(into.truth(one.rule, scope)) for one in before]
    return into.all_of((into.truth(band.rule, scope), *failed))


def _waited_for(route: tuple[Step, ...], into: Lowering, scope: Scope) -> Term | None:
    """The last of the days on which a condition that is not met yet comes true with time."""
    terms = into.terms
    assert into.asked_on is not None
    latest, any_yet = into.asked_on, False
    for step in route:
        day = _comes_true(step.rule, into, scope)
        if day is not None:
            unmet = terms.both(terms.neg(into.truth(step.rule, scope).met), day.given)
            latest = terms.select(unmet, terms.greater(latest, day.term), latest)
            any_yet = True
    return latest if any_yet else None


def _comes_true(rule: Rule, into: Lowering, scope: Scope) -> Val | None:
    match rule:
        case ClauseRule(rule=inner) | Named(rule=inner) | ShownBy(rule=inner):
            return _comes_true(inner, into, scope)
        case ToldIfMet(rule=inner):
            return _comes_true(inner, into, scope)
        case Served():
            return service_day(rule, into, scope)
        case Compare(left=day, op="<=", right=AsOf() | AskedOn()):
            return into.value(day, scope)
    return None
