"""What a population came to, as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tiaoli.population.bounds import Bounds
from tiaoli.population.compare import Comparison
from tiaoli.population.evaluation import Evaluation
from tiaoli.population.summary import Fall, Summary, Waterfall


def as_json(found: Evaluation, of: Summary, limit: Bounds | None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "regulation": found.regulation.id,
        "question": found.question,
        "on": found.on.isoformat(),
        "interpretations": dict(found.readings),
        "changes": dict(found.changes),
        "subjects": of.subjects,
        "outcomes": dict(of.outcomes),
        "routes": [_route_json(fall) for fall in of.waterfalls],
        "near_misses": [
            {
                "clause": one.measure.clause,
                "subjects": one.subjects,
                "short_by": [str(one.least), str(one.middle), str(one.most)],
            }
            for one in of.near_misses
        ],
    }
    if limit is not None:
        told["bounds"] = {
            "certain": limit.certain,
            "possible": limit.possible,
            "unknowns": [
                {
                    "kind": one.kind,
                    "attribute": one.attribute or None,
                    "places": one.places,
                    "settles": one.settles,
                }
                for one in limit.unknowns
            ],
        }
    return told


def _route_json(fall: Waterfall) -> dict[str, Any]:
    return {
        "passed": fall.passed,
        "open": fall.open,
        "clauses": [_fall_json(one) for one in fall.falls],
    }


def _fall_json(one: Fall) -> dict[str, Any]:
    return {
        "step": one.step.name,
        "before": one.before,
        "stopped": one.stopped,
        "open": one.open,
        "alone": one.alone,
    }


def comparison_json(sides: Sequence[Evaluation], found: Comparison) -> dict[str, Any]:
    return {
        "regulation": sides[0].regulation.id,
        "question": sides[0].question,
        "sides": [
            {
                "on": side.on.isoformat(),
                "interpretations": dict(side.readings),
                "changes": dict(side.changes),
            }
            for side in sides
        ],
        "subjects": found.subjects,
        "same": found.same,
        "gained": found.gained,
        "lost": found.lost,
        "turns": [
            {
                "before": turn.before,
                "after": turn.after,
                "subjects": turn.subjects,
                "clauses": dict(turn.clauses),
                "examples": list(turn.examples),
            }
            for turn in found.turns
        ],
    }
