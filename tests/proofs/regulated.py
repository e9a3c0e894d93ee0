"""Small regulations to be checked, made of whatever questions a test needs."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from tiaoli.facts.kinds import Label
from tiaoli.proofs.findings import Finding
from tiaoli.proofs.lint import DAY, lint
from tiaoli.rules import (
    Band,
    Clause,
    Edition,
    Figure,
    Interpretation,
    Option,
    Question,
    Regulation,
    Rule,
    Scale,
    Value,
    clause_ids,
    keys_of,
)

NAME = Label("試", "a trial")


def asks(
    *bands: tuple[str, Rule], figure: Value | None = None, scale: Scale | None = None
) -> Question:
    """A question of these bands, or of one figure."""
    figures = () if figure is None else (Figure("worth", NAME, figure),)
    rows = tuple(Band(outcome, rule) for outcome, rule in bands)
    otherwise = {"otherwise": "not_yet"} if rows else {}
    return Question("q", NAME, NAME, rows, figures=figures, scale=scale, **otherwise)


def found(
    question: Question, *, keys: Mapping[str, tuple[str, ...]] | None = None
) -> list[Finding]:
    """What the checks find in a regulation of one question."""
    return lint(regulation(question, keys or {}), on=DAY).findings


def regulation(question: Question, keys: Mapping[str, tuple[str, ...]]) -> Regulation:
    """A regulation of one question; the first reading of each key is the default."""
    scale = question.scale
    nodes = [*question.nodes(), *(level.rule for level in (scale.levels if scale else ()))]
    cited = sorted(frozenset[str]().union(*map(clause_ids, nodes)))
    assert frozenset[str]().union(*map(keys_of, nodes)) <= keys.keys()
    return Regulation(
        id="trial",
        title=NAME,
        issuer=NAME,
        subject=NAME,
        editions=(Edition("1", NAME, first=datetime.date(2000, 1, 1)),),
        clauses={c: Clause(c, NAME, NAME, "condition") for c in cited},
        interpretations={
            key: Interpretation(
                key, f"IK-{key}", NAME, NAME, tuple(Option(n, NAME) for n in names), names[0], NAME
            )
            for key, names in keys.items()
        },
        questions={"q": question},
    )


def summary(findings: list[Finding]) -> list[tuple[str, tuple[str, ...]]]:
    return [(finding.check, finding.clauses) for finding in findings]
