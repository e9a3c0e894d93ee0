"""A finding: what a check has found in a regulation, with facts that show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from tiaoli.answers.in_words import shown_value
from tiaoli.facts.dossier import Dossier, Fact
from tiaoli.facts.kinds import NONE, Label
from tiaoli.facts.vocabulary import find

Identity = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Shown:
    """One state of affairs: the facts, of each the attributes that matter, and what comes of it."""

    dossier: Dossier
    told: dict[str, tuple[str, ...]]
    result: Label | None = None
    figures: tuple[Label, ...] = ()
    """What a cohort comes to, where that is shown and not the records that bring it about."""

    def lines(self, lang: str) -> list[str]:
        """The facts as a person reads them; alike ones together."""
        counted: dict[str, int] = {}
        for fact in (self.dossier.subject, *self.dossier.facts):
            if text := self._line(fact, lang):
                counted[text] = counted.get(text, 0) + 1
        times = {"zh": "（{} 筆）", "en": " ({} times)"}[lang]
        facts = [text + (times.format(n) if n > 1 else "") for text, n in counted.items()]
        return [*(figure.in_(lang) for figure in self.figures), *facts]

    def _line(self, fact: Fact, lang: str) -> str:
        kind = find(fact.kind)
        told = self.told.get(fact.id) or self.told.get(fact.id[: len(kind.name) + 3], ())
        names = tuple(fact.values) if fact.kind == "judgement" else told
        parts = [
            f"{kind.attributes[name].label.in_(lang)} "
            f"{shown_value(kind.attributes[name], fact.values[name]).in_(lang)}"
            for name in kind.attributes
            if name in names
            and fact.values[name] not in (None, NONE, ())
            and not (fact.kind == "judgement" and name in ("by", "date"))
        ]
        if fact is self.dossier.subject and not parts:
            return ""
        mark, between = ("：", "、") if lang == "zh" else (": ", ", ")
        label = kind.label.in_(lang)
        return f"{label}{mark}{between.join(parts)}" if parts else label


@dataclass(frozen=True, slots=True)
class Finding:
    """
    ``check``      which check found it (``CHECKS``)
    ``clauses``    the clauses concerned, in the order of the text
    ``places``     the questions or items in which it stands
    ``witness``    facts that show it; two states where one is worse than the other
    ``settled_by`` keys under another reading of which it is not there
    ``confirmed``  the reference reading agrees
    """

    check: str
    clauses: tuple[str, ...]
    places: tuple[str, ...]
    says: Label
    witness: tuple[Shown, ...] = ()
    settled_by: tuple[str, ...] = ()
    confirmed: bool = True

    @property
    def identity(self) -> Identity:
        return self.check, tuple(sorted(self.clauses))

    def to_json(self) -> dict[str, Any]:
        return {
            "check": self.check,
            "clauses": list(self.clauses),
            "places": list(self.places),
            "says": {"zh": self.says.zh, "en": self.says.en},
            "settled_by": list(self.settled_by),
            "confirmed": self.confirmed,
            "witness": [
                {
                    "zh": shown.lines("zh"),
                    "en": shown.lines("en"),
                    "result": None
                    if shown.result is None
                    else {"zh": shown.result.zh, "en": shown.result.en},
                }
                for shown in self.witness
            ],
        }


CHECKS = {
    "never": Label("恆不成立", "never met"),
    "always": Label("恆成立", "never fails"),
    "unreachable": Label("無法到達的結果", "unreachable outcome"),
    "contradiction": Label("條件互斥", "conditions that exclude one another"),
    "two_rows": Label("兩列同時成立", "two rows at once"),
    "negative": Label("金額或分數為負", "negative amount"),
    "cliff": Label("陡降", "cliff"),
    "gap": Label("縫隙", "gap"),
    "overlap": Label("重疊", "overlap"),
    "not_implied": Label("較高等級不含較低等級", "higher level without the lower"),
}


@dataclass(slots=True)
class Open:
    """What could not be decided, and how exact the translation was."""

    undecided: list[str] = field(default_factory=list)
    inexact: dict[str, int] = field(default_factory=dict)
    narrowed: set[str] = field(default_factory=set)
    asked: int = 0

    def add(self, other: Open) -> None:
        self.undecided += other.undecided
        self.narrowed |= other.narrowed
        self.asked += other.asked
        for why, times in other.inexact.items():
            self.inexact[why] = self.inexact.get(why, 0) + times


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """The same finding in several questions is one."""
    found: dict[Identity, Finding] = {}
    for finding in findings:
        known = found.get(finding.identity)
        if known is None:
            found[finding.identity] = finding
        else:
            better = known if known.confirmed or not finding.confirmed else finding
            places = tuple(dict.fromkeys((*known.places, *finding.places)))
            found[finding.identity] = replace(better, places=places)
    return list(found.values())


def number_text(number: int | Fraction) -> str:
    if isinstance(number, int) or number.denominator == 1:
        return str(int(number))
    return f"{float(number):g}"
