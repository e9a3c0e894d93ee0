"""How a table is to be read: which column gives which attribute, and what its words mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final

from tiaoli.facts import vocabulary
from tiaoli.facts.dossier import Tier
from tiaoli.facts.kinds import Kind, Label
from tiaoli.facts.problems import Problem, Unreadable, shown
from tiaoli.facts.records import name_of_kind, read_tier, unknown_keys
from tiaoli.facts.values import read_value

__all__ = ["TablePlan", "read_plan"]

_KEYS: Final = (
    "file", "kind", "evidence", "columns", "values", "constants", "id_column", "sheet", "encoding",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TablePlan:
    """``words`` holds, per attribute, what the texts of its cells stand for."""

    place: str
    file: str
    kind: Kind
    tier: Tier
    columns: Mapping[str, str]
    words: Mapping[str, Mapping[str, Any]]
    constants: Mapping[str, Any]
    id_column: str | None

    @property
    def stem(self) -> str:
        return PurePath(self.file.replace("\\", "/")).stem


def read_plan(data: object, place: str, problems: list[Problem]) -> TablePlan | None:
    """The plan in ``data``; None where it does not say which file holds which kind of record."""
    if not isinstance(data, Mapping):
        problems.append(Problem(place, _not_a_table(data)))
        return None
    file = _text(data, "file", place, problems, required=True)
    place = f"{place} ({file})" if file else place
    unknown_keys(data, _KEYS, place, problems)
    name = name_of_kind(data.get("kind"), f"{place} · kind", problems)
    if file is None or name is None:
        return None
    return _plan(data, file, vocabulary.KINDS[name], place, problems)


def _plan(
    data: Mapping[Any, object], file: str, kind: Kind, place: str, problems: list[Problem]
) -> TablePlan:
    columns = _columns(data, kind, place, problems)
    return TablePlan(
        place,
        file,
        kind,
        read_tier(data.get("evidence"), place, problems),
        columns,
        _words(data, kind, place, problems),
        _constants(data, kind, columns, place, problems),
        _text(data, "id_column", place, problems),
    )


def _not_a_table(data: object) -> Label:
    return Label(
        f"每個表格要寫明 file、kind、columns；這裡是「{shown(data)}」。",
        f'A table is described by file, kind and columns; found "{shown(data)}".',
    )


def _text(
    data: Mapping[Any, object],
    key: str,
    place: str,
    problems: list[Problem],
    *,
    required: bool = False,
) -> str | None:
    value = data.get(key)
    if isinstance(value, str) and value.strip():
        return value.strip()
    if required or value is not None:
        what = "" if value is None else shown(value)
        says = Label(f"{key} 要填文字；這裡是「{what}」。", f'{key} takes a text; found "{what}".')
        problems.append(Problem(f"{place} · {key}", says))
    return None


def _section(
    data: Mapping[Any, object], key: str, kind: Kind, place: str, problems: list[Problem]
) -> dict[str, object]:
    """The part of the plan under ``key``, without attributes that the kind does not have."""
    section = data.get(key)
    if section is None:
        return {}
    if not isinstance(section, Mapping):
        says = Label(
            f"{key} 要寫成「屬性: 內容」的形式；這裡是「{shown(section)}」。",
            f'{key} is written as "attribute: …" pairs; found "{shown(section)}".',
        )
        problems.append(Problem(f"{place} · {key}", says))
        return {}
    unknown_keys(section, kind.attributes, f"{place} · {key}", problems)
    return {name: value for name, value in section.items() if name in kind.attributes}


def _columns(
    data: Mapping[Any, object], kind: Kind, place: str, problems: list[Problem]
) -> dict[str, str]:
    section = _section(data, "columns", kind, place, problems)
    if not data.get("columns"):
        says = Label(
            "columns 要寫明哪一欄是哪個屬性，例如 columns: {procedure_date: 治療日期}。",
            "columns says which column gives which attribute, such as "
            "columns: {procedure_date: 治療日期}.",
        )
        problems.append(Problem(f"{place} · columns", says))
    headers = {
        name: _text(section, name, f"{place} · columns", problems, required=True)
        for name in section
    }
    return {name: header for name, header in headers.items() if header is not None}


def _words(
    data: Mapping[Any, object], kind: Kind, place: str, problems: list[Problem]
) -> dict[str, dict[str, Any]]:
    section = _section(data, "values", kind, place, problems)
    return {
        name: _meanings(words, name, kind, f"{place} · values · {name}", problems)
        for name, words in section.items()
    }


def _meanings(
    words: object, name: str, kind: Kind, place: str, problems: list[Problem]
) -> dict[str, Any]:
    if not isinstance(words, Mapping):
        says = Label(
            "values 要寫明表格裡的文字代表哪個值，例如 {主治: primary}。",
            "values says what a text in the table stands for, such as {主治: primary}.",
        )
        problems.append(Problem(place, says))
        return {}
    return {
        str(word).strip(): _value(kind, name, value, f"{place} · {shown(word)}", problems)
        for word, value in words.items()
    }


def _constants(
    data: Mapping[Any, object],
    kind: Kind,
    columns: Mapping[str, str],
    place: str,
    problems: list[Problem],
) -> dict[str, Any]:
    section = _section(data, "constants", kind, place, problems)
    place = f"{place} · constants"
    problems.extend(
        Problem(f"{place} · {name}", _given_twice(name)) for name in section if name in columns
    )
    return {
        name: _value(kind, name, value, f"{place} · {name}", problems)
        for name, value in section.items()
    }


def _given_twice(name: str) -> Label:
    return Label(
        f"{name} 已經由 columns 的欄位給定，請擇一。",
        f"{name} is already given by a column; keep only one of the two.",
    )


def _value(kind: Kind, name: str, raw: object, place: str, problems: list[Problem]) -> Any:
    try:
        return read_value(kind.attributes[name], raw)
    except Unreadable as unreadable:
        problems.append(Problem(place, unreadable.says))
        return None
