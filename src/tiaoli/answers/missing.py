"""
What is missing: the unknown attributes, unmade rulings and unlisted records that could settle a
requirement. Asked only of requirements whose truth is open; a settled branch asks for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from tiaoli.answers.answer import Missing
from tiaoli.answers.case import Case
from tiaoli.answers.meaning import (
    Row,
    amount,
    has_happened,
    holds,
    is_member,
    members,
    picked,
)
from tiaoli.answers.wording import describe
from tiaoli.facts.dossier import Fact
from tiaoli.facts.kinds import NONE, Label
from tiaoli.rules.amounts import AmountNode, Sum
from tiaoli.rules.expressions import AttributeOf, Node, Rule, Value
from tiaoli.rules.judgement import Judged
from tiaoli.rules.records import Picked, Records, Related


def missing_in(node: Node, case: Case) -> list[Missing]:
    """What could settle ``node``: unknown attributes, unmade rulings, unlisted records."""
    found: list[Missing] = []
    for part in _asked_now(node):
        if isinstance(part, Records):
            found += _missing_of(part, case)
        elif isinstance(part, Picked):
            found += _missing_picked(part, case)
        elif isinstance(part, Judged) and holds(part, case) is None:
            found.append(Missing("judgement", describe(part), part.clause))
    return list(dict.fromkeys(found + _missing_values(node, case)))


def _asked_now(node: Node) -> Iterable[Node]:
    """The sets and picks of a requirement, without those inside other sets' conditions."""
    for part in node.parts():
        if isinstance(part, Records | Picked | Judged):
            yield part
        else:
            yield from _asked_now(part)
    if isinstance(node, Picked | Records | Judged):
        yield node


def _missing_of(of: Records, case: Case, amount_of: Value | None = None) -> list[Missing]:
    found = []
    for fact in case.dossier.of(of.kind.name):
        truth = is_member(of, case, fact)
        if truth is None:
            if has_happened(of, case, fact) is None:
                assert of.kind.happens is not None
                found.append(_unknown_attribute(of, fact, of.kind.happens))
            found += _unknown_in(of.condition, case, of, fact)
        elif truth and amount_of is not None:
            found += _unknown_in(amount_of, case, of, fact)
        if truth is not False:
            found += _unknown_end(of, fact)
    if of.kind.name in case.dossier.incomplete:
        what = of.kind.label
        asks = Label(
            f"是否還有其他{what.zh}", f"whether there are further {what.en.lower()} records"
        )
        found.append(Missing("records", asks, kind=of.kind.name))
    return found


def _unknown_end(of: Records, fact: Fact) -> list[Missing]:
    ends = of.kind.ends
    if ends is None or fact.values[ends] is not None:
        return []
    return [_unknown_attribute(of, fact, ends)]


def _unknown_attribute(of: Records, fact: Fact, name: str) -> Missing:
    what = of.kind.attributes[name].label
    kind = of.kind.label
    asks = Label(f"{kind.zh} {fact.id} 的{what.zh}", f"{what.en} of {kind.en.lower()} {fact.id}")
    return Missing("attribute", asks, fact=fact.id, kind=of.kind.name, attribute=name)


def _unknown_in(node: Node, case: Case, of: Records, fact: Fact) -> list[Missing]:
    """The unknown attributes of one record in the branches that are not settled."""
    if isinstance(node, Rule) and holds(node, case, fact.values) is not None:
        return []
    if isinstance(node, AttributeOf):
        if fact.values[node.attribute.name] is None and node.kind.name == of.kind.name:
            return [_unknown_attribute(of, fact, node.attribute.name)]
        return []
    if isinstance(node, Related):
        own = [m for mine, _ in node.pairs for m in _unknown_in(mine, case, of, fact)]
        return own + _missing_related(node, case, fact.values)
    if isinstance(node, Picked):
        return _missing_picked(node, case)
    return [m for part in node.parts() for m in _unknown_in(part, case, of, fact)]


def _missing_related(node: Related, case: Case, _row: Row) -> list[Missing]:
    found = _missing_of(node.others, case)
    for fact, truth in members(node.others, case):
        if truth is not False:
            for _, theirs in node.pairs:
                found += _unknown_in(theirs, case, node.others, fact)
    return found


def _missing_picked(node: Picked, case: Case) -> list[Missing]:
    fact = picked(node, case)
    if isinstance(fact, Fact):
        if fact.values[node.attribute.name] is None:
            return [_unknown_attribute(node.records, fact, node.attribute.name)]
        return []
    if fact is NONE:
        return []
    found = _missing_of(node.records, case)
    for one, truth in members(node.records, case):
        if truth is not False and one.values[node.by.attribute.name] is None:
            found.append(_unknown_attribute(node.records, one, node.by.attribute.name))
    return found


def missing_amounts(node: AmountNode, case: Case) -> list[Missing]:
    """What could settle an amount that is not exactly known."""
    found = amount(node, case)
    if found is None or found.exact is not None:
        return []
    return missing_in(node, case)


def _missing_values(node: Node, case: Case) -> list[Missing]:
    return [
        missing
        for part in node.walk()
        if isinstance(part, Sum)
        for missing in _missing_of(part.records, case, part.value)
    ]
