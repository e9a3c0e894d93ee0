"""What the conditions of a waterfall are called."""

from __future__ import annotations

from tiaoli.answers.wording import describe
from tiaoli.facts.kinds import Label
from tiaoli.population.goal import Step
from tiaoli.rules.regulation import Regulation

__all__ = ["step_label"]


def step_label(regulation: Regulation, step: Step) -> Label:
    """A condition by its clause, or in the words that are made from the rule."""
    clause = regulation.clauses.get(step.clause)
    if step.name == step.clause and clause is not None:
        return Label(f"{step.name} {clause.says.zh}", f"{step.name} {clause.says.en}")
    words = describe(step.rule)
    where = step.clause or ""
    return Label(f"{where} {words.zh}".strip(), f"{where} {words.en}".strip())
