"""A regulation read aloud: every clause in the order of the text, told from the rule itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from tiaoli.answers.outline import Line, outline
from tiaoli.facts.kinds import Label
from tiaoli.regulations import catalogue
from tiaoli.regulations.cases import WorkedCase, cases
from tiaoli.rules import Clause, KnownFinding, Question, Regulation, keys_of, resolve
from tiaoli.rules.citation import Cited

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
    told = _told(regulation)
    worked = _deciding_cases(regulation.id)
    for clause in regulation.clauses.values():
        questions, outlines, keys = told.get(clause.id, ((), (), ()))
        examples = worked.get(clause.id, ())[:_MOST_CASES]
        known = tuple(f for f in regulation.findings if clause.id in f.clauses)
        yield Reading(clause, questions, outlines, keys, examples, known)


_Told = tuple[tuple[str, ...], tuple[tuple[Line, ...], ...], tuple[str, ...]]


@cache
def _told(regulation: Regulation) -> Mapping[str, _Told]:
    defaults = regulation.default_readings()
    questions: dict[str, dict[str, None]] = {}
    outlines: dict[str, dict[tuple[Line, ...], None]] = {}
    keys: dict[str, set[str]] = {}
    for question in regulation.questions.values():
        if question.summary:
            continue
        for node in _cited_in(question):
            keys.setdefault(node.clause, set()).update(keys_of(node))
        for node in _cited_in(question, defaults):
            questions.setdefault(node.clause, {})[question.id] = None
            outlines.setdefault(node.clause, {})[outline(node)] = None
    return {
        clause: (tuple(asked), tuple(outlines[clause]), tuple(sorted(keys[clause])))
        for clause, asked in questions.items()
    }


def _cited_in(question: Question, readings: Mapping[str, str] | None = None) -> Iterator[Cited]:
    for node in question.nodes():
        read = node if readings is None else resolve(node, readings)
        yield from (part for part in read.walk() if isinstance(part, Cited))


@cache
def _deciding_cases(regulation_id: str) -> Mapping[str, tuple[WorkedCase, ...]]:
    folder = catalogue.folder_of(regulation_id)
    found: dict[str, tuple[WorkedCase, ...]] = {}
    for case in cases(folder) if folder is not None else ():
        for clause in case.expected.decided_by:
            found[clause] = (*found.get(clause, ()), case)
    return found


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
