"""A regulation read aloud: every clause in the order of the text, told from the rule itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from tiaoli.answers.clauses import clauses_told
from tiaoli.answers.outline import Line
from tiaoli.facts.kinds import Label
from tiaoli.regulations import catalogue
from tiaoli.regulations.cases import WorkedCase, by_clause, cases
from tiaoli.rules import Clause, KnownFinding, Regulation

_MOST_CASES = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """One clause: where it is used, what it asks for under the default readings, its keys."""

    clause: Clause
    questions: tuple[str, ...]
    outlines: tuple[tuple[Line, ...], ...]
    keys: tuple[str, ...]
    cases: tuple[WorkedCase, ...]
    findings: tuple[KnownFinding, ...] = ()


def readings(regulation: Regulation) -> Iterator[Reading]:
    """Every clause of a regulation, in the order of the text."""
    worked = _deciding_cases(regulation.id)
    for clause_id, told in clauses_told(regulation).items():
        examples = worked.get(clause_id, ())[:_MOST_CASES]
        yield Reading(
            regulation.clauses[clause_id],
            told.questions,
            told.outlines,
            told.keys,
            examples,
            told.findings,
        )


@cache
def _deciding_cases(regulation_id: str) -> Mapping[str, tuple[WorkedCase, ...]]:
    folder = catalogue.folder_of(regulation_id)
    return {} if folder is None else by_clause(cases(folder))


def as_markdown(regulation: Regulation) -> str:
    """The whole regulation as a page, Chinese first, English beside it."""
    lines = [
        f"# {regulation.title.zh}",
        "",
        f"{regulation.title.en} · `{regulation.id}`",
        "",
        f"{regulation.issuer.zh} · {regulation.issuer.en}",
        "",
        "由規則本身產生（`make docs`），依預設讀法；條文以本專案自己的話敘述。",
        "Made from the rules themselves (`make docs`), under the default readings; clauses are",
        "told in our own words.",
        "",
    ]
    for reading in readings(regulation):
        lines += _markdown(regulation, reading)
    return "\n".join([*lines, *_keys_markdown(regulation)]).rstrip() + "\n"


def _markdown(regulation: Regulation, reading: Reading) -> Iterator[str]:
    clause = reading.clause
    place = regulation.place_of(clause.id)
    label = place.label if place is not None else Label("無下落", "unplaced")
    yield f"## {clause.id} · {clause.where.zh} · {clause.where.en}"
    yield ""
    yield f"**{label.zh}** {clause.says.zh}<br>**{label.en}** {clause.says.en}"
    yield ""
    if clause.because is not None:
        yield f"{clause.because.zh}。 {clause.because.en}."
        yield ""
    for lines in reading.outlines:
        yield from (f"{'  ' * line.depth}- {line.says.zh} · {line.says.en}" for line in lines)
        yield ""
    if reading.questions:
        yield f"問題 questions: {', '.join(f'`{name}`' for name in reading.questions)}"
        yield ""
    if reading.keys:
        yield f"解釋鍵 keys: {', '.join(f'`{key}`' for key in reading.keys)}"
        yield ""
    for known in reading.findings:
        keys = f" ({', '.join(known.settled_by)})" if known.settled_by else ""
        yield f"發現 finding: `{known.check}`{keys} {known.says.zh} {known.says.en}"
        yield ""
    for case in reading.cases:
        yield f"- `{case.id}` {case.says.zh} · {case.says.en} → `{case.expected.outcome}`"
    if reading.cases:
        yield ""


def _keys_markdown(regulation: Regulation) -> Iterator[str]:
    yield "## 解釋鍵 Interpretation keys"
    yield ""
    for key, found in regulation.interpretations.items():
        yield f"### `{key}` · {found.place.zh} · {found.place.en}"
        yield ""
        yield f"{found.question.zh}<br>{found.question.en}"
        yield ""
        for option in found.options:
            mark = "**預設 default** " if option.name == found.default else ""
            yield f"- {mark}`{option.name}` {option.says.zh} · {option.says.en}"
        yield ""
        yield f"{found.because.zh}<br>{found.because.en}"
        yield ""
