"""
"What if I add …": facts that are only supposed. They travel in the form, and are kept nowhere.

Each is read as a real one is; what is wrong with it stands beside its field.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from tiaoli.answers.answer import Answer, Reason
from tiaoli.answers.naming import fact_words
from tiaoli.answers.telling import REASON_OUTCOMES, measure
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Absent, Attribute, Kind, Label, Type
from tiaoli.facts.reading import DossierError, read_dossier, write_dossier
from tiaoli.facts.vocabulary import KINDS, find
from tiaoli.platform.portfolio.dossiers import checked_values
from tiaoli.platform.web.standing.own import add_address
from tiaoli.rules import Question
from tiaoli.rules.reads import kinds_read

_MOST = 20
_LETTERS = 20_000
Supposed = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One attribute in the form, with what was typed and what is wrong with it."""

    name: str
    label: Label
    input: str
    options: tuple[tuple[str, Label], ...]
    typed: str
    picked: tuple[str, ...]
    hint: Label
    wrong: Label | None
    needed: bool


def kinds_to_add(question: Question) -> tuple[Kind, ...]:
    """The kinds of record that a question turns on, and that somebody can have more of."""
    named = (find(name) for name in kinds_read(question))
    return tuple(sorted((kind for kind in named if not kind.subject), key=lambda k: k.label.zh))


def fields_of(
    kind: Kind, typed: Mapping[str, list[str]], wrong: Mapping[str, Label]
) -> tuple[FieldShown, ...]:
    """The fields of a kind, filled with what was typed."""
    return tuple(
        _field(attribute, typed.get(name, []), wrong.get(name))
        for name, attribute in kind.attributes.items()
    )


def _field(attribute: Attribute, typed: list[str], wrong: Label | None) -> FieldShown:
    options: tuple[tuple[str, Label], ...] = ()
    if attribute.type in (Type.CHOICE, Type.CHOICES):
        options = tuple((option.name, option.label) for option in attribute.options)
    elif attribute.type is Type.YES_NO:
        options = (("yes", Label("是", "yes")), ("no", Label("否", "no")))
    many = attribute.type is Type.CHOICES
    return FieldShown(
        attribute.name,
        attribute.label,
        "choices" if many else "choice" if options else "text",
        options,
        "" if options else ", ".join(typed),
        tuple(typed) if options else (),
        _HINTS.get(attribute.type, attribute.unit.label),
        wrong,
        attribute.absent is Absent.UNKNOWN,
    )


_HINTS = {
    Type.DAY: Label("例如 115/06/30 或 2026-06-30", "such as 2026-06-30 or 115/06/30"),
    Type.MOMENT: Label("例如 2026-06-30 14:30", "such as 2026-06-30 14:30"),
    Type.DURATION: Label("小時，例如 3.5；或 50 min", "hours, such as 3.5; or 50 min"),
    Type.TEXTS: Label("以「；」分開", "with ; between them"),
    Type.REFERENCE: Label("所指紀錄的編號", "the id of the record meant"),
}


def read_one(
    kind: Kind, typed: Mapping[str, list[str]]
) -> tuple[Supposed | None, dict[str, Label]]:
    """One fact of the form, or what is wrong with it by attribute ("" for the whole)."""
    given: dict[str, Any] = {}
    for name, attribute in kind.attributes.items():
        cells = [cell.strip() for cell in typed.get(name, []) if cell.strip()]
        if cells:
            given[name] = cells if attribute.type is Type.CHOICES else cells[0]
    try:
        values = checked_values(kind.name, given)
    except DossierError as error:
        wrong: dict[str, Label] = {}
        for problem in error.problems:
            name = problem.place.rpartition(" · ")[2]
            wrong.setdefault(name if name in kind.attributes else "", problem.says)
        return None, wrong
    return {"kind": kind.name, **values}, {}


def read_all(written: str) -> list[Supposed]:
    """The facts that travelled in the form; none where they were tampered with."""
    if len(written) > _LETTERS:
        return []
    try:
        told = json.loads(written or "[]")
        return [
            {"kind": one["kind"], **checked_values(one["kind"], _values(one))}
            for one in told[:_MOST]
            if one["kind"] in KINDS
        ]
    except (ValueError, TypeError, KeyError):
        return []


def written(facts: Iterable[Supposed]) -> str:
    return json.dumps(list(facts), ensure_ascii=False)


def _values(fact: Supposed) -> Supposed:
    return {name: value for name, value in fact.items() if name != "kind"}


CANNOT_STAND = Label(
    "這筆紀錄指到檔案裡沒有的紀錄，或已到試算的筆數上限，所以沒有加入。請改正所指的編號。",
    "This record names one that is not on file, or there are as many as can be supposed, so it was "
    "not added. Correct the id that it names.",
)


def supposing(dossier: Dossier, facts: list[Supposed]) -> tuple[Dossier, list[Supposed]]:
    """
    The dossier with these facts too, and those of them that can stand in it: the last ones are
    left out where they name records that are not there, or where there are too many.
    """
    plain = write_dossier(dossier)
    own = plain["facts"]
    kept = facts[:_MOST]
    while True:
        plain["facts"] = own + [{"id": f"+{n}", **fact} for n, fact in enumerate(kept, 1)]
        try:
            return read_dossier(plain), kept
        except DossierError:
            if not kept:
                raise
            kept = kept[:-1]


@dataclass(frozen=True, slots=True)
class SupposedShown:
    """``url``: where the portfolio takes it as a real record, filled in."""

    number: int
    words: Label
    url: str | None


def supposed_shown(facts: list[Supposed], dossier: Dossier) -> tuple[SupposedShown, ...]:
    shown = []
    for number, fact in enumerate(facts, 1):
        read = dossier.find(f"+{number}")
        words = find(fact["kind"]).label if read is None else fact_words(read)
        url = add_address(fact["kind"])
        values = urlencode(_values(fact), doseq=True)
        shown.append(SupposedShown(number, words, f"{url}?{values}" if url else None))
    return tuple(shown)


@dataclass(frozen=True, slots=True)
class ClauseTurned:
    """A clause that comes out differently, before and after."""

    clause: str
    url: str | None
    says: Label
    before: Label
    after: Label
    before_measure: Label
    after_measure: Label


def clauses_turned(before: Answer, after: Answer, url: Any) -> tuple[ClauseTurned, ...]:
    """The clauses that what is supposed changes, in the order of the text."""
    old = {r.clause: r for r in before.walk() if r.clause is not None}
    turned: dict[str, ClauseTurned] = {}
    for new in after.walk():
        if new.clause is None or new.clause in turned:
            continue
        was = old.get(new.clause)
        if was is None or was.outcome != new.outcome or was.have != new.have:
            turned[new.clause] = _turned(was, new, url(new.clause))
    return tuple(turned.values())


def _turned(was: Reason | None, new: Reason, url: str | None) -> ClauseTurned:
    nothing = Label("—", "—")
    return ClauseTurned(
        new.clause or "",
        url,
        new.says,
        nothing if was is None else REASON_OUTCOMES[was.outcome],
        REASON_OUTCOMES[new.outcome],
        nothing if was is None else measure(was),
        measure(new),
    )
