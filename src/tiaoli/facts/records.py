"""One record as a person wrote it, read into the attributes of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from tiaoli.facts import vocabulary
from tiaoli.facts.dossier import Fact, Tier
from tiaoli.facts.kinds import Kind, Label
from tiaoli.facts.names import nearest
from tiaoli.facts.options import folded
from tiaoli.facts.problems import Problem, Unreadable, shown
from tiaoli.facts.values import absent_value, read_id, read_value

__all__ = [
    "Draft",
    "ends_early",
    "misnamed",
    "name_of_kind",
    "out_of_order",
    "read_record",
    "read_tier",
    "unknown_keys",
]

_EVERY_RECORD: Final = ("id", "kind", "evidence", "note")
_TIERS: Final = {folded(word): t for t in Tier for word in (t.name, t.label.zh, t.label.en)}


@dataclass(frozen=True, slots=True)
class Draft:
    """
    A record on its way into the dossier. ``id`` is None until one is given to it; ``columns`` holds
    the header of each attribute that comes from a column of a table.
    """

    id: str | None
    kind: Kind
    values: Mapping[str, Any]
    tier: Tier
    place: str
    columns: Mapping[str, str]

    def place_of(self, attribute: str) -> str:
        return f"{self.place} · {self.columns.get(attribute, attribute)}"

    def fact(self, fact_id: str) -> Fact:
        return Fact(fact_id, self.kind.name, self.values, self.tier, self.place)


def read_record(
    data: object, place: str, problems: list[Problem], *, kind: str | None = None
) -> Draft | None:
    """The record in ``data``, of ``kind`` where it names none. None where its kind is not known."""
    if not isinstance(data, Mapping):
        problems.append(Problem(place, _not_a_record(data)))
        return None
    place = _place_with_name(data, place)
    found = _kind(data.get("kind", kind), place, problems)
    if found is None:
        return None
    unknown_keys(data, (*found.attributes, *_EVERY_RECORD), place, problems)
    _check_note(data.get("note"), found, place, problems)
    draft = Draft(
        _given_id(data, place, problems),
        found,
        _values(found, data, place, problems),
        read_tier(data.get("evidence"), place, problems),
        place,
        {},
    )
    problems.extend(out_of_order(draft))
    return draft


def _not_a_record(data: object) -> Label:
    return Label(
        f"每筆紀錄要寫成「名稱: 值」的形式；這裡是「{shown(data)}」。",
        f'A record is written as "name: value" pairs; found "{shown(data)}".',
    )


def _place_with_name(data: Mapping[Any, object], place: str) -> str:
    for name in (data.get("id"), data.get("kind")):
        if isinstance(name, str | int) and not isinstance(name, bool) and name != "":
            return f"{place} (id {name})" if name == data.get("id") else f"{place} ({shown(name)})"
    return place


def _kind(name: object, place: str, problems: list[Problem]) -> Kind | None:
    found = name_of_kind(name, f"{place} · kind", problems)
    return None if found is None else vocabulary.KINDS[found]


def name_of_kind(name: object, place: str, problems: list[Problem]) -> str | None:
    """``name`` where it is a kind of the vocabulary."""
    if isinstance(name, str) and name.strip() in vocabulary.KINDS:
        return name.strip()
    if isinstance(name, str):
        says = misnamed("紀錄種類", "kind of record", name, vocabulary.KINDS)
    else:
        says = _no_kind(name)
    problems.append(Problem(place, says))
    return None


def _no_kind(found: object) -> Label:
    what = "" if found is None else shown(found)
    return Label(
        f"要寫明紀錄種類，例如 kind: licence；這裡是「{what}」。",
        f'Name the kind of record, such as "kind: licence"; found "{what}".',
    )


def misnamed(zh: str, en: str, name: object, valid: Iterable[str]) -> Label:
    hint = nearest(shown(name), valid)
    return Label(
        f"沒有「{shown(name)}」這個{zh}。{hint.zh}", f'There is no {en} "{shown(name)}". {hint.en}'
    )


def unknown_keys(
    data: Mapping[Any, object], valid: Iterable[str], place: str, problems: list[Problem]
) -> None:
    valid = tuple(valid)
    problems.extend(
        Problem(f"{place} · {shown(key)}", misnamed("欄位", "field", key, valid))
        for key in data
        if key not in valid
    )


def _check_note(note: object, kind: Kind, place: str, problems: list[Problem]) -> None:
    if "note" not in kind.attributes and isinstance(note, list | dict):
        says = Label("note 只能是一段文字。", "A note is one text.")
        problems.append(Problem(f"{place} · note", says))


def _given_id(data: Mapping[Any, object], place: str, problems: list[Problem]) -> str | None:
    if "id" not in data:
        return None
    try:
        return read_id(data["id"])
    except Unreadable as unreadable:
        problems.append(Problem(f"{place} · id", unreadable.says))
        return None


def read_tier(written: object, place: str, problems: list[Problem]) -> Tier:
    if written is None:
        return Tier.CLAIMED
    if isinstance(written, str) and folded(written) in _TIERS:
        return _TIERS[folded(written)]
    says = misnamed("佐證程度", "degree of evidence", written, [t.name.lower() for t in Tier])
    problems.append(Problem(f"{place} · evidence", says))
    return Tier.CLAIMED


def _values(
    kind: Kind, data: Mapping[Any, object], place: str, problems: list[Problem]
) -> dict[str, Any]:
    """Every attribute of the kind; one that cannot be read is reported and left unknown."""
    values: dict[str, Any] = {}
    for name, attribute in kind.attributes.items():
        values[name] = absent_value(attribute)
        if name in data:
            try:
                values[name] = read_value(attribute, data[name])
            except Unreadable as unreadable:
                values[name] = None
                problems.append(Problem(f"{place} · {name}", unreadable.says))
    return values


def out_of_order(draft: Draft) -> list[Problem]:
    """A period that ends before it starts."""
    kind = draft.kind
    if kind.happens is None or kind.ends is None:
        return []
    start, end = draft.values[kind.happens], draft.values[kind.ends]
    if not isinstance(start, date) or not isinstance(end, date) or start <= end:
        return []
    return [Problem(draft.place_of(kind.ends), ends_early(kind, start, end))]


def ends_early(kind: Kind, start: object, end: object) -> Label:
    first = kind.attributes[kind.happens or ""].label
    last = kind.attributes[kind.ends or ""].label
    return Label(
        f"「{last.zh}」{end} 早於「{first.zh}」{start}。請查明兩個日期。",
        f'"{last.en}" {end} is before "{first.en}" {start}. Check both days.',
    )
