"""
Truths joined by "and" or by "or", without what the others decide already: ``a`` and (``a`` or
``b``) is ``a``; ``a`` and (not ``a`` or ``b``) is ``a`` and ``b``.

What a record says is given only where it is known; whatever else is used here is logic alone, so
that all engines come to the same as before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

__all__ = ["absorbed"]

Term: TypeAlias = Any
"""A term; ``terms`` asks this module, which knows of it what a truth is made of."""
Join: TypeAlias = Callable[[str, tuple[Term, ...]], Term]
_OTHER = {"and": "or", "or": "and"}


def absorbed(op: str, flat: dict[int, Term], join: Join) -> dict[int, Term] | bool:
    """
    The terms by number that joined by ``op`` come to the same as ``flat``, or what they all come
    to. ``join`` makes a term of an operation and its parts.
    """
    neutral = op == "and"
    changed = any(term.op == _OTHER[op] for term in flat.values()) or len(flat) > 1
    while changed:
        changed = False
        assumed = _Assumed(flat.values(), neutral)
        for number, term in flat.items():
            found = assumed.value_beside_others(term)
            if found is (not neutral):
                return found
            if found is neutral or assumed.is_wider(term):
                less: Iterable[Term] = ()
            elif term.op == _OTHER[op] and (kept := assumed.kept(term)) != term.args:
                one = join(term.op, kept)
                less = one.args if one.op == op else (one,)
            else:
                continue
            del flat[number]
            for one in less:
                if one.op == "const":
                    return bool(one.data)
                flat[one.number] = one
            changed = True
            break
    return flat


class _Assumed:
    """
    What is so of parts when each of the terms that are joined is ``value``: where one of them is
    not, the others do not matter.
    """

    def __init__(self, terms: Iterable[Term], value: bool) -> None:
        self._known: dict[int, bool] = {}
        self._of_records: dict[tuple[int, str, str, str], bool] = {}
        self._value = value
        self._compound: list[tuple[str, frozenset[int]]] = []
        for term in terms:
            inner, found = (term.args[0], not value) if term.op == "not" else (term, value)
            self._known[inner.number] = found
            if inner.op == "at":
                self._of_records[_place(inner)] = found
            elif term.op in _OTHER:
                self._compound.append((term.op, frozenset(part.number for part in term.args)))

    def value_beside_others(self, term: Term) -> bool | None:
        """What a term comes to when the others are as assumed; None where that is open."""
        if term.op == "not":
            found = self.value_beside_others(term.args[0])
            return None if found is None else not found
        if term.op in _OTHER:
            return self._joined(term)
        return self._follows(term)

    def kept(self, term: Term) -> tuple[Term, ...]:
        return tuple(part for part in term.args if self._of(part) is None)

    def is_wider(self, term: Term) -> bool:
        """Whether it is another of the terms with more parts, and so decides nothing beside it."""
        if term.op not in _OTHER:
            return False
        mine = {part.number for part in term.args}
        return any(op == term.op and parts < mine for op, parts in self._compound)

    def _of(self, term: Term) -> bool | None:
        if term.number in self._known:
            return self._known[term.number]
        if term.op == "not":
            found = self._of(term.args[0])
            return None if found is None else not found
        return self._joined(term) if term.op in _OTHER else self._follows(term)

    def _joined(self, term: Term) -> bool | None:
        decides = term.op == "or"
        is_open = False
        for part in term.args:
            found = self._of(part)
            if found is decides:
                return decides
            is_open |= found is None
        return None if is_open else not decides

    def _follows(self, term: Term) -> bool | None:
        """What is given is known; what is not known is not given."""
        if term.op != "at":
            return None
        row, kind, name, part = _place(term)
        if part == "known" and self._of_records.get((row, kind, name, "given")):
            return True
        if part == "given" and self._of_records.get((row, kind, name, "known")) is False:
            return False
        return None


def _place(term: Term) -> tuple[int, str, str, str]:
    kind, name, part = term.data
    return term.args[0].number, kind, name, part
