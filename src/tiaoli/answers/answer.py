"""
An answer is data: what was asked, the outcome, the reasons in the order of the text, what is
missing, from when until when, the readings used and those that would change it.

``Answer.to_json()`` and ``Answer.from_json()`` are inverse to each other.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from tiaoli.facts.dossier import Tier
from tiaoli.facts.kinds import Label, Unit

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount with its unit; ``at_most`` differs from ``at_least`` where facts are unknown."""

    at_least: int | Decimal
    at_most: int | Decimal | None
    unit: Unit

    def to_json(self) -> Json:
        return {
            "at_least": _exact_text(self.at_least),
            "at_most": None if self.at_most is None else _exact_text(self.at_most),
            "unit": self.unit.name.lower(),
        }

    @classmethod
    def from_json(cls, data: Json) -> Quantity:
        high = data["at_most"]
        return cls(
            _exact(data["at_least"]),
            None if high is None else _exact(high),
            Unit[data["unit"].upper()],
        )


Shown = Quantity | datetime.date | Label | None
"""What a clause has or needs: an amount, a day, or words."""


class NotCounted(NamedTuple):
    """
    A record that was looked at and does not count, and why.

    ``near`` is False where it is simply another sort of record (a course of another type).
    """

    fact: str
    why: Label
    clause: str | None = None
    near: bool = True


class Reason(NamedTuple):
    """
    One clause, or one of several requirements within it (``clause`` None).

    ``outcome`` is ``met`` ``not_met`` ``unknown`` ``waived`` or, for an amount, ``counted``.
    A named tuple, like ``NotCounted``, because an answer makes some fifty of them.
    """

    clause: str | None
    outcome: str
    says: Label
    have: Shown = None
    need: Shown = None
    window: tuple[datetime.date, datetime.date] | None = None
    counted: tuple[str, ...] = ()
    not_counted: tuple[NotCounted, ...] = ()
    children: tuple[Reason, ...] = ()

    def walk(self) -> Iterator[Reason]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Missing:
    """
    Something that could still change the answer: an attribute of a record (``attribute``), a
    ruling on a clause (``judgement``), or further records of a kind (``records``).
    """

    sort: str
    asks: Label
    clause: str | None = None
    fact: str | None = None
    kind: str | None = None
    attribute: str | None = None


@dataclass(frozen=True, slots=True)
class Flip:
    """A reading under which the answer would be another."""

    key: str
    reading: str
    outcome: str
    value: Mapping[str, Shown] = field(default_factory=dict)


class Flagged(NamedTuple):
    """Something pointed out beside the outcome: that the text does not decide, that a table is
    provisional."""

    id: str
    says: Label


@dataclass(frozen=True, slots=True)
class Answer:
    """
    ``decided_by``: the clauses on which the outcome turns, in the order of the text.
    ``value``: every figure, exactly; None where it is not known, and then ``partly`` says between
    what it lies, as far as that is known.
    ``earliest`` and ``until``: the spell in which the goal holds, if nothing else happens.
    """

    regulation: str
    edition: str
    question: str
    subject: str
    on: datetime.date
    outcome: str
    decided_by: tuple[str, ...] = ()
    about: str | None = None
    flags: tuple[Flagged, ...] = ()
    value: Mapping[str, Shown] = field(default_factory=dict)
    partly: Mapping[str, Shown] = field(default_factory=dict)
    reasons: tuple[Reason, ...] = ()
    missing: tuple[Missing, ...] = ()
    earliest: datetime.date | None = None
    until: datetime.date | None = None
    interpretations: Mapping[str, str] = field(default_factory=dict)
    sensitivity: tuple[Flip, ...] = ()
    evidence: Tier | None = None
    fingerprint: str = ""

    def reason(self, clause: str) -> Reason | None:
        """The reason for one clause."""
        return next((r for r in self.walk() if r.clause == clause), None)

    def walk(self) -> Iterator[Reason]:
        for reason in self.reasons:
            yield from reason.walk()

    def to_json(self) -> Json:
        return {
            "regulation": self.regulation,
            "edition": self.edition,
            "question": self.question,
            "subject": self.subject,
            "on": self.on.isoformat(),
            "about": self.about,
            "outcome": self.outcome,
            "decided_by": list(self.decided_by),
            "flags": [{"id": flag.id, "says": _label_json(flag.says)} for flag in self.flags],
            "value": _values_json(self.value),
            "partly": _values_json(self.partly),
            "reasons": [_reason_json(reason) for reason in self.reasons],
            "missing": [_missing_json(missing) for missing in self.missing],
            "earliest": _day_json(self.earliest),
            "until": _day_json(self.until),
            "interpretations": dict(self.interpretations),
            "sensitivity": [_flip_json(flip) for flip in self.sensitivity],
            "evidence": None if self.evidence is None else self.evidence.name.lower(),
            "fingerprint": self.fingerprint,
        }

    @classmethod
    def from_json(cls, data: Json) -> Answer:
        evidence = data["evidence"]
        return cls(
            regulation=data["regulation"],
            edition=data["edition"],
            question=data["question"],
            subject=data["subject"],
            on=datetime.date.fromisoformat(data["on"]),
            outcome=data["outcome"],
            decided_by=tuple(data["decided_by"]),
            about=data["about"],
            flags=tuple(Flagged(f["id"], Label(**f["says"])) for f in data["flags"]),
            value=_values_from(data["value"]),
            partly=_values_from(data["partly"]),
            reasons=tuple(_reason_from(reason) for reason in data["reasons"]),
            missing=tuple(_missing_from(missing) for missing in data["missing"]),
            earliest=_day_from(data["earliest"]),
            until=_day_from(data["until"]),
            interpretations=data["interpretations"],
            sensitivity=tuple(
                Flip(f["key"], f["reading"], f["outcome"], _values_from(f["value"]))
                for f in data["sensitivity"]
            ),
            evidence=None if evidence is None else Tier[evidence.upper()],
            fingerprint=data["fingerprint"],
        )


def deciding(reasons: Iterable[Reason], outcome: str) -> list[str]:
    """
    The clauses that make a group of reasons come out as ``outcome``.

    Amounts decide through the records that count in them; a negation through what it negates.
    """
    found: list[str] = []
    for reason in reasons:
        if reason.outcome not in (outcome, "counted"):
            continue
        decides = reason.outcome == outcome or any(part.counted for part in reason.walk())
        if reason.clause is not None and decides:
            found.append(reason.clause)
        if reason.children:
            found += deciding(reason.children, _within(reason, outcome))
    return found


def _within(reason: Reason, outcome: str) -> str:
    """What decides inside a reason: the same outcome, or its opposite where it is a negation."""
    same = reason.clause is not None or any(
        child.outcome in (outcome, "counted") for child in reason.children
    )
    return outcome if same else _OPPOSITE[outcome]


_OPPOSITE = {"met": "not_met", "not_met": "met", "unknown": "unknown", "counted": "counted"}


def _exact_text(number: int | Decimal) -> str:
    return format(number.normalize(), "f") if isinstance(number, Decimal) else str(number)


def _exact(written: str) -> int | Decimal:
    return Decimal(written) if "." in written else int(written)


def _day_json(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day_from(written: str | None) -> datetime.date | None:
    return None if written is None else datetime.date.fromisoformat(written)


def _label_json(label: Label) -> Json:
    return {"zh": label.zh, "en": label.en}


def _shown_json(shown: Shown) -> Json | None:
    match shown:
        case None:
            return None
        case Quantity():
            return shown.to_json()
        case Label():
            return _label_json(shown)
    return {"day": shown.isoformat()}


def _shown_from(data: Json | None) -> Shown:
    if data is None:
        return None
    if "unit" in data:
        return Quantity.from_json(data)
    if "day" in data:
        return datetime.date.fromisoformat(data["day"])
    return Label(data["zh"], data["en"])


def _values_json(values: Mapping[str, Shown]) -> Json:
    return {name: _shown_json(shown) for name, shown in values.items()}


def _values_from(data: Json) -> dict[str, Shown]:
    return {name: _shown_from(shown) for name, shown in data.items()}


def _reason_json(reason: Reason) -> Json:
    window = reason.window
    return {
        "clause": reason.clause,
        "outcome": reason.outcome,
        "says": _label_json(reason.says),
        "have": _shown_json(reason.have),
        "need": _shown_json(reason.need),
        "window": None if window is None else [day.isoformat() for day in window],
        "counted": list(reason.counted),
        "not_counted": [
            {"fact": n.fact, "why": _label_json(n.why), "clause": n.clause, "near": n.near}
            for n in reason.not_counted
        ],
        "children": [_reason_json(child) for child in reason.children],
    }


def _reason_from(data: Json) -> Reason:
    window = data["window"]
    days = None if window is None else [datetime.date.fromisoformat(day) for day in window]
    return Reason(
        clause=data["clause"],
        outcome=data["outcome"],
        says=Label(**data["says"]),
        have=_shown_from(data["have"]),
        need=_shown_from(data["need"]),
        window=None if days is None else (days[0], days[1]),
        counted=tuple(data["counted"]),
        not_counted=tuple(
            NotCounted(n["fact"], Label(**n["why"]), n["clause"], n["near"])
            for n in data["not_counted"]
        ),
        children=tuple(_reason_from(child) for child in data["children"]),
    )


def _missing_json(missing: Missing) -> Json:
    return {
        "sort": missing.sort,
        "asks": _label_json(missing.asks),
        "clause": missing.clause,
        "fact": missing.fact,
        "kind": missing.kind,
        "attribute": missing.attribute,
    }


def _missing_from(data: Json) -> Missing:
    return Missing(**{**data, "asks": Label(**data["asks"])})


def _flip_json(flip: Flip) -> Json:
    return {
        "key": flip.key,
        "reading": flip.reading,
        "outcome": flip.outcome,
        "value": _values_json(flip.value),
    }
