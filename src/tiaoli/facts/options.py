"""Options of a choice as people write them: by name, or by their Chinese or English label."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache

from tiaoli.facts.kinds import Attribute, Label, Option
from tiaoli.facts.names import nearest
from tiaoli.facts.problems import Unreadable, shown

__all__ = ["folded", "no_such_option", "option_named"]


def folded(text: str) -> str:
    """``text`` as it is looked up: full-width letters, case and outer space do not matter."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def option_named(attribute: Attribute, written: str) -> str | None:
    return _spellings(attribute.options).get(folded(written))


@cache
def _spellings(options: tuple[Option, ...]) -> Mapping[str, str]:
    """Every way to write each option. A label that two options share names neither of them."""
    labels = {(folded(word), o.name) for o in options for word in (o.label.zh, o.label.en)}
    shared = Counter(word for word, _ in labels)
    spelled = {word: name for word, name in labels if shared[word] == 1}
    return spelled | {folded(option.name): option.name for option in options}


def no_such_option(attribute: Attribute, written: str) -> Unreadable:
    hint, label = _hint(attribute, written), attribute.label
    return Unreadable(
        Label(
            f"「{label.zh}」沒有「{shown(written)}」這個選項。{hint.zh}",
            f'"{label.en}" has no option "{shown(written)}". {hint.en}',
        )
    )


def _hint(attribute: Attribute, written: str) -> Label:
    written = shown(written)
    labels = {word for option in attribute.options for word in (option.label.zh, option.label.en)}
    if get_close_matches(written, attribute.option_names):
        return nearest(written, attribute.option_names)
    return nearest(written, get_close_matches(written, sorted(labels)) or attribute.option_names)
