"""Amounts: schedules of which two rows are met at once, and figures below nothing."""

from __future__ import annotations

from collections.abc import Iterator

from tiaoli.answers.meaning import holds
from tiaoli.facts.kinds import Label
from tiaoli.proofs.asked import Asked, place, shown
from tiaoli.proofs.exactly import plain_value
from tiaoli.proofs.findings import Finding, Open, number_text
from tiaoli.proofs.reading import SlotRow
from tiaoli.proofs.search import Verdict
from tiaoli.proofs.service import lifted_truth
from tiaoli.proofs.symbols import Truth, above, added, at_least, choose, conj, lifted, neg
from tiaoli.rules.amounts import Amount, AmountNode, Table
from tiaoli.rules.citation import clause_ids

_MOST = 6
Only = tuple[str, ...] | None


def two_rows(asked: Asked, count: Open, only: Only = None) -> Iterator[Finding]:
    """Two rows of one schedule are met by the same facts."""
    for part in asked.parts_of(Table):
        node = part.node
        assert isinstance(node, Table)
        if node.in_order:
            continue
        search = asked.search_for(node) if part.kind is None else asked.search
        at = place(search, part)
        truths = [search.reading.truth(rule, at.row) for rule, _ in node.rows]
        several = at_least(added(choose(truth, 1, 0) for truth in truths), 2)
        refused: list[Truth] = []
        for _ in range(_MOST):
            count.asked += 1
            sought = search.look(several, at.there, *refused, plainly=False)
            if sought.verdict is not Verdict.FOUND or sought.model is None:
                break
            met = [i for i, t in enumerate(truths) if plain_value(sought.model, lifted_truth(t))]
            one, other = met[:2]
            both = conj((truths[one], truths[other]))
            refused.append(neg(both))
            cited = [clause_ids(node.rows[i][1]) | clause_ids(node.rows[i][0]) for i in met[:2]]
            clauses = frozenset[str]().union(*cited) or frozenset(filter(None, [part.clause]))
            if only not in (None, tuple(sorted(clauses))):
                continue
            sought = search.look(both, at.there)
            if sought.model is None:
                continue
            state = shown(search, sought)
            case = search.case(state.dossier)
            values = None
            if isinstance(at.row, SlotRow):
                fact = state.dossier.find(at.row.slot.id)
                values = None if fact is None else fact.values
            agreed = all(holds(node.rows[i][0], case, values) is True for i in (one, other))
            yield Finding(
                "two_rows",
                tuple(sorted(clauses)),
                (asked.question.id,),
                Label("同一張表有兩列同時成立", "two rows of one schedule are met at once"),
                (state,),
                confirmed=agreed,
            )


def below_nothing(asked: Asked, count: Open, only: Only = None) -> Iterator[Finding]:
    """A figure that can be negative."""
    for figure in asked.question.figures:
        if only is not None and only != tuple(sorted(clause_ids(figure.value))):
            continue
        if not isinstance(figure.value, AmountNode) or not _may_be_negative(figure.value):
            continue
        search = asked.search_for(figure.value)
        found = search.reading.amount(figure.value)
        count.asked += 1
        sought = search.look(above(0, found.term), found.stated)
        if sought.model is None:
            continue
        worth = number_text(plain_value(sought.model, lifted(found.term)))
        yield Finding(
            "negative",
            tuple(sorted(clause_ids(figure.value))),
            (asked.question.id,),
            Label(f"{figure.label.zh}為負：{worth}", f"{figure.label.en} is negative: {worth}"),
            (shown(search, sought),),
        )


def _may_be_negative(node: AmountNode) -> bool:
    """Nothing is ever taken away from an amount; only a number in the text may be below nothing."""
    return any(isinstance(part, Amount) and part.value < 0 for part in node.walk())
