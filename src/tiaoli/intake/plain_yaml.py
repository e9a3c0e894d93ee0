"""YAML without its surprises: dates, ``no`` and ``07`` stay text, and no key is given twice."""

from __future__ import annotations

import re
from collections.abc import Hashable
from decimal import Decimal
from typing import Any, Final

import yaml

from tiaoli.facts.kinds import Label
from tiaoli.facts.problems import DossierError, Problem

__all__ = ["read_yaml"]

_PLAIN_SCALARS: Final = (
    ("null", r"~|null|Null|NULL|", "~nN\0"),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+", "-+0123456789"),
)

_FastestSafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _PlainLoader(_FastestSafeLoader):  # type: ignore[misc]  # one of two, known when it runs
    yaml_implicit_resolvers: dict[str, list[Any]] = {}  # noqa: RUF012  # shape fixed by PyYAML

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.repeated: list[tuple[str, yaml.Mark]] = []

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        keys = [(key.value, key.start_mark) for key, _ in node.value if key.id == "scalar"]
        names = [name for name, _ in keys]
        self.repeated += [key for n, key in enumerate(keys) if key[0] in names[:n]]
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        return mapping


for _tag, _pattern, _first in _PLAIN_SCALARS:
    _PlainLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}",
        re.compile(f"^(?:{_pattern})$"),
        [character.replace("\0", "") for character in _first],
    )
_PlainLoader.add_constructor(
    "tag:yaml.org,2002:float", lambda loader, node: Decimal(loader.construct_scalar(node))
)


def read_yaml(text: str, name: str) -> object:
    """The plain data in ``text``. Raises DossierError with line and column."""
    loader = _PlainLoader(text)
    try:
        data: object = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        raise DossierError([_syntax(error, name)]) from None
    except (yaml.YAMLError, ArithmeticError, ValueError, RecursionError) as error:
        raise DossierError([Problem(name, _unreadable(str(error)))]) from None
    finally:
        loader.dispose()
    if loader.repeated:
        raise DossierError(_repeated(key, mark, name) for key, mark in loader.repeated)
    return data


def _place(name: str, mark: yaml.Mark | None) -> str:
    return name if mark is None else f"{name} line {mark.line + 1}, column {mark.column + 1}"


def _syntax(error: yaml.MarkedYAMLError, name: str) -> Problem:
    found = error.problem or error.context or ""
    return Problem(_place(name, error.problem_mark or error.context_mark), _unreadable(found))


def _unreadable(found: str) -> Label:
    return Label(
        f"YAML 在這裡讀不下去（{found}）。請檢查縮排、冒號後的空格與引號。",
        f"The YAML cannot be read here ({found}). "
        "Check indentation, the space after a colon, and quotes.",
    )


def _repeated(key: str, mark: yaml.Mark, name: str) -> Problem:
    return Problem(
        _place(name, mark),
        Label(
            f"同一處寫了兩次「{key}」，不知道以哪一個為準。請留下一個。",
            f'"{key}" is written twice here, so it is not clear which counts. Keep one.',
        ),
    )
