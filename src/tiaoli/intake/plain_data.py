"""The text of a dossier in YAML, TOML or JSON, turned into plain data without rounding a number."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final, Never

from tiaoli.facts.kinds import Label
from tiaoli.facts.problems import DossierError, Problem, shown
from tiaoli.intake.plain_yaml import read_yaml

__all__ = ["READERS"]

_TOML_PLACE: Final = re.compile(
    r"(?P<what>.*) \(at (?P<where>line \d+, column \d+|.*)\)", re.DOTALL
)


def _read_toml(text: str, name: str) -> object:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_PLACE.fullmatch(str(error))
        where, what = (found["where"], found["what"]) if found else ("", str(error))
        raise DossierError([Problem(f"{name} {where}".strip(), _syntax("TOML", what))]) from None
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise DossierError([Problem(name, _syntax("TOML", str(error)))]) from None


def _read_json(text: str, name: str) -> object:
    repeated: list[Problem] = []
    try:
        data: object = json.loads(
            text,
            parse_float=Decimal,
            parse_constant=_no_such_number,
            object_pairs_hook=lambda pairs: _one_of_each(pairs, name, repeated),
        )
    except json.JSONDecodeError as error:
        place = f"{name} line {error.lineno}, column {error.colno}"
        raise DossierError([Problem(place, _syntax("JSON", error.msg))]) from None
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise DossierError([Problem(name, _syntax("JSON", str(error)))]) from None
    if repeated:
        raise DossierError(repeated)
    return data


def _no_such_number(written: str) -> Never:
    raise ValueError(f"{written} is not a number")


def _one_of_each(
    pairs: list[tuple[str, Any]], name: str, repeated: list[Problem]
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            owner = found.get("id") or dict(pairs).get("id")
            place = f"{name} (id {owner})" if isinstance(owner, str | int) else name
            repeated.append(Problem(f"{place} · {shown(key)}", _twice(key)))
        found[key] = value
    return found


def _twice(key: str) -> Label:
    return Label(
        f"同一處寫了兩次「{key}」，不知道以哪一個為準。請留下一個。",
        f'"{key}" is written twice here, so it is not clear which counts. Keep one.',
    )


def _syntax(language: str, what: str) -> Label:
    return Label(
        f"{language} 在這裡讀不下去（{what}）。請檢查括號、引號與逗號。",
        f"The {language} cannot be read here ({what}). Check brackets, quotes and commas.",
    )


READERS: Final[Mapping[str, Callable[[str, str], object]]] = {
    ".yaml": read_yaml,
    ".yml": read_yaml,
    ".toml": _read_toml,
    ".json": _read_json,
}
