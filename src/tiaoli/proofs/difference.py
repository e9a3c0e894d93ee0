"""
Two wordings of one question: facts to which they give different answers, or the proof that there
are none. An amendment, a reading or a mutant is compared with what it changes.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from tiaoli.answers.case import Case
from tiaoli.answers.meaning import Conflict, amount, holds, value
from tiaoli.facts.dossier import Dossier
from tiaoli.proofs.margins import same, without_loose_ends
from tiaoli.proofs.reading import Reading
from tiaoli.proofs.search import Search, Verdict, search_again
from tiaoli.proofs.symbols import Truth, conj, disj, neg
from tiaoli.rules.amounts import AmountNode
from tiaoli.rules.expressions import SATISFIED, Rule, Value
from tiaoli.rules.question import Question
from tiaoli.rules.records import any_record, records


@dataclass(frozen=True, slots=True)
class Difference:
    """``dossier`` where the answers differ; ``verdict`` NONE where they cannot."""

    verdict: Verdict
    dossier: Dossier | None = None


def difference(one: Question, other: Question, *, on: datetime.date) -> Difference:
    """
    Facts that ``one`` and ``other`` answer differently on the day ``on``: another outcome, or
    another figure. They have no reading left open, and as many bands and figures as each other.
    """
    there: Rule = SATISFIED if one.about is None else any_record(records(one.about).whenever())
    nodes = [node for q in (one, other) for node in q.nodes() if node is not q.as_of]
    search = Search((*nodes, there), on=on, as_of=one.as_of)
    read = search.reading
    wanted = conj((read.truth(there), _differ(read, one, other)))
    if wanted is False:
        return Difference(Verdict.NONE)
    for sought in search_again(search, wanted):
        dossier = without_loose_ends(search.dossier(sought))
        if _answered(one, search.case(dossier)) != _answered(other, search.case(dossier)):
            return Difference(Verdict.FOUND, dossier)
    verdict = search.can(wanted)
    return Difference(Verdict.NONE if verdict is Verdict.NONE else Verdict.OPEN)


def _differ(read: Reading, one: Question, other: Question) -> Truth:
    """The first band that is met has another outcome, or a figure comes to something else."""
    mine, theirs = _outcomes(read, one), _outcomes(read, other)
    words = {*mine, *theirs}
    outcomes = [_xor(mine.get(word, False), theirs.get(word, False)) for word in words]
    figures = [
        neg(same(read, a.value, b.value))
        for a, b in zip(one.figures, other.figures, strict=True)
        if a.value is not b.value
    ]
    return disj((*outcomes, *figures))


def _outcomes(read: Reading, question: Question) -> dict[str, Truth]:
    found: dict[str, Truth] = {}
    before: list[Truth] = []
    for band in question.bands:
        truth = read.truth(band.rule)
        found[band.outcome] = disj((found.get(band.outcome, False), conj((*before, truth))))
        before.append(neg(truth))
    found[question.otherwise] = disj((found.get(question.otherwise, False), conj(before)))
    return found


def _xor(one: Truth, other: Truth) -> Truth:
    return disj((conj((one, neg(other))), conj((neg(one), other))))


def _answered(question: Question, case: Case) -> tuple[object, ...]:
    """The outcome and the figures, by the reference reading."""
    return (_outcome(question, case), *(_figure(figure.value, case) for figure in question.figures))


def _outcome(question: Question, case: Case) -> str:
    """Two rows of a schedule that are met at once are another answer than any outcome."""
    try:
        for band in question.bands:
            truth = holds(band.rule, case)
            if truth is not False:
                return band.outcome if truth else question.undecided
    except Conflict as conflict:
        return str(conflict)
    return question.otherwise


def _figure(node: Value, case: Case) -> object:
    try:
        return amount(node, case) if isinstance(node, AmountNode) else value(node, case)
    except Conflict as conflict:
        return str(conflict)
