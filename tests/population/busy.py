"""People with many records, and a question that asks of them in every way."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Label
from tiaoli.facts.reading import read_dossier
from tiaoli.population.tables import Columns, from_dossiers
from tiaoli.rules import (
    SATISFIED,
    Cap,
    Once,
    Rule,
    amount_table,
    any_record,
    count,
    ledger,
    number_of,
    points,
    records,
    served,
    sum_capped,
    sum_of,
    sum_once,
)
from tiaoli.rules.amounts import AmountNode
from tiaoli.rules.question import Band, Figure, Question

ON = datetime.date(2026, 6, 30)
LABEL = Label("問題", "question")

entry = records("credit_entry")
service = records("clinical_service")


def asks(*rules: Rule, figures: dict[str, AmountNode] | None = None, **more: Any) -> Question:
    bands = tuple(Band(f"band{n}", rule) for n, rule in enumerate(rules))
    told = tuple(Figure(name, LABEL, node) for name, node in (figures or {}).items())
    return Question("q", LABEL, LABEL, bands, otherwise="no", figures=told, **more)


def told(subject: str, *facts: dict[str, Any], incomplete: tuple[str, ...] = ()) -> Dossier:
    return read_dossier(
        {"subject": {"id": subject}, "facts": list(facts), "incomplete": list(incomplete)}
    )


def columns_of(*dossiers: Dossier) -> Columns:
    return Columns(from_dossiers(dossiers))


def credit(worth: Any = 1, day: str = "2024-05-01", **more: Any) -> dict[str, Any]:
    return {"kind": "credit_entry", "hours": worth, "date": day, **more}


COUNTS: dict[str, AmountNode] = {
    "all": count(entry),
    "different": count(entry, distinct="source_id", within="category"),
    "points": sum_of(entry.points, entry),
    "once": sum_once(entry.points, entry, by="session_id"),
    "capped": sum_capped(entry.points, entry, by="session_id", cap=points("2.5")),
    "ledger": ledger(
        entry,
        entry.points,
        day=entry.date,
        caps=(Cap("C2", entry.mode.is_("5"), points(30), (entry.semester,)),),
        once=(Once("C3", SATISFIED, (entry.source_id,), highest=True),),
    ),
    "cut": ledger(
        entry,
        entry.points,
        day=entry.date,
        factor=amount_table((entry.mode.is_("4"), number_of("1.5")), otherwise=number_of(1)),
        caps=(Cap("C2", entry.mode.is_("5"), points(30), (entry.semester,)),),
        once=(Once("C3", entry.mode.is_("5"), (entry.source_id,)),),
        cap_first=True,
        step=number_of("0.5"),
        pooled=(entry.category,),
    ),
}
OF_ALL_SORTS = asks(served(service, 2), any_record(entry), figures=COUNTS)


def busy(subject: str, number: int) -> Dossier:
    """Somebody with many records, of whom nothing is unknown; no two runs differ."""
    facts = [
        credit(
            day=(datetime.date(2015, 1, 1) + datetime.timedelta(days=n * 37 % 4000)).isoformat(),
            points=str(Decimal(n % 70) / 10),
            source_id=f"work {n * 7 % max(1, number // 3)}",
            category=f"c{n % 5}",
            session_id=f"session {n * 13 % max(1, number // 4)}",
            mode=str(4 + n % 2),
            semester=f"2024-{n % 3}",
            role="first_author" if n % 11 == 0 else "other_author",
        )
        for n in range(number)
    ]
    spells = [
        {
            "kind": "clinical_service",
            "start_date": (ON - datetime.timedelta(days=40 * n + 30)).isoformat(),
            "end_date": (ON - datetime.timedelta(days=40 * n + n % 3)).isoformat(),
        }
        for n in range(number // 10)
    ]
    return told(subject, *facts, *spells)


def several(number: int) -> tuple[Dossier, ...]:
    """So many people, of whom each ninth has no records."""
    return tuple(busy(f"s{n:05}", n % 9) for n in range(number))
