"""
Cases at the edge as a file: what ``tiaoli edges`` prints and ``make edges`` keeps beside the rules.

The solver makes the facts; what is expected of them is what the comparison at the edge implies,
and the answer must agree before a case is written. Where only a clause turns on the comparison, the
case expects of that clause that it is met or not, beside whatever the outcome is.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from tiaoli.answers import Answer, clause_met
from tiaoli.answers.answer import Quantity
from tiaoli.answers.ask import Detail, ask
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Label
from tiaoli.facts.writing import write_dossier
from tiaoli.proofs.edges import Edge, edges_of
from tiaoli.proofs.thresholds import thresholds
from tiaoli.rules import Regulation


class NotAsImplied(RuntimeError):
    """The answer to a case at the edge is not what the edge implies."""


def lines(regulation: Regulation, on: datetime.date) -> Iterator[str]:
    """The file, piece by piece; a piece for each threshold."""
    yield (
        f"# {regulation.title.zh}：門檻與日期剛好符合與差一點的案例，求解器產生（make edges）。\n"
        "# Every threshold and date, just met and just missed: made by the solver (make edges).\n"
    )
    for threshold in thresholds(regulation):
        for edge in edges_of(regulation, threshold, on=on):
            yield _idle(edge) if edge.dossier is None else _case(regulation, edge, on)


def _idle(edge: Edge) -> str:
    why = (
        Label("求解器沒有找到也沒有排除", "neither found nor ruled out by the solver")
        if edge.open
        else Label("沒有任何事實能讓結果只取決於此", "no facts make the outcome turn on this alone")
    )
    return f"\n[[idle]]\nid = {_toml(edge.id)}\nsays = {_label(edge.says)}\nwhy = {_label(why)}\n"


def _case(regulation: Regulation, edge: Edge, on: datetime.date) -> str:
    assert edge.dossier is not None
    clause, question = edge.threshold.clause, edge.place.question
    answer = ask(regulation, question, edge.dossier, on=on, detail=Detail.REASONS)
    if not edge.of_clause:
        _check(regulation, edge, answer)
        return case_text(edge.id, edge.says, answer, edge.dossier, clause=clause)
    met = clause_met(regulation, question, clause, edge.dossier, on=on)
    if met is None or met is not edge.met:
        raise NotAsImplied(f"{edge.id}: {clause} {met}")
    return case_text(edge.id, edge.says, answer, edge.dossier, clauses={clause: met})


def case_text(
    name: str,
    says: Label,
    answer: Answer,
    dossier: Dossier,
    *,
    clause: str = "",
    clauses: Mapping[str, bool] = MappingProxyType({}),
) -> str:
    """A case as it stands in a file: the facts, what was answered, and what clauses are met."""
    expect: dict[str, Any] = {"outcome": answer.outcome}
    if clauses:
        expect["clauses"] = dict(clauses)
    if clause in answer.decided_by:
        expect["decided_by"] = [clause]
    if answer.value:
        expect["value"] = {name: _value(shown) for name, shown in answer.value.items()}
    told = _told(dossier)
    subject = f"subject = {_toml(told['subject'])}\n"
    once, many = _by_number(told["facts"])
    facts = "".join(f"  {_toml(fact)},\n" for fact in once)
    repeat = "".join(f"  {_toml({'times': times, 'fact': fact})},\n" for fact, times in many)
    return (
        f"\n[[case]]\nid = {_toml(name)}\nsays = {_label(says)}\n"
        f"question = {_toml(answer.question)}\non = {answer.on.isoformat()}\n"
        f"{subject}facts = [\n{facts}]\n"
        + (f"repeat = [\n{repeat}]\n" if repeat else "")
        + f"expect = {_toml(expect)}\n"
    )


_MANY = 5
"""So many facts alike are written once, with their number."""


def _by_number(
    facts: list[dict[str, Any]],
) -> tuple[list[dict[str, Any]], list[tuple[dict[str, Any], int]]]:
    """Facts that are written each by itself, and those that stand many times."""
    alike: dict[tuple[str, str], list[dict[str, Any]]] = {}
    values = (value for fact in facts for key, value in fact.items() if key != "id")
    named = {value for value in values if isinstance(value, str)}
    for fact in facts:
        slot = "-".join(fact["id"].split("-")[:2])
        content = _toml({key: value for key, value in fact.items() if key != "id"})
        alike.setdefault((slot, content), []).append(fact)
    groups = alike.values()
    many = [g for g in groups if len(g) >= _MANY and not named & {fact["id"] for fact in g}]
    listed = {fact["id"] for group in many for fact in group}
    once = [fact for fact in facts if fact["id"] not in listed]
    return once, [(group[0], len(group)) for group in many]


def _check(regulation: Regulation, edge: Edge, answer: Answer) -> None:
    bands = regulation.question(edge.place.question).bands
    if edge.met is None:
        return
    implied = bands[edge.place.target].outcome
    same = [band.outcome for band in bands].count(implied) > 1
    if (answer.outcome == implied) is not edge.met and not (same and not edge.met):
        raise NotAsImplied(f"{edge.id}: {answer.outcome}, of {implied}")


def _told(dossier: Dossier) -> dict[str, Any]:
    """The facts without what every generated fact has."""
    told = write_dossier(dossier)
    for fact in (told["subject"], *told["facts"]):
        del fact["evidence"]
    return told


def _value(shown: Any) -> str:
    return str(shown.at_least) if isinstance(shown, Quantity) else str(shown)


def _label(label: Label) -> str:
    return _toml({"zh": label.zh, "en": label.en})


def _toml(value: Any) -> str:
    """A value in one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(k)} = {_toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _key(name: str) -> str:
    plain = name.replace("_", "a").replace("-", "a")
    return name if plain.isascii() and plain.isalnum() else json.dumps(name, ensure_ascii=False)
