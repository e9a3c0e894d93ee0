"""
A long program in functions of moderate length: a compiler's work grows faster than the function.

Whatever is named in one function and used in another stands in a frame that all of them share. A
name is given a value once, except what a loop gathers, which does not leave the function of the
loop before the loop is over; so what is read of the frame is what it will be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

__all__ = ["Call", "Item", "Line", "Nest", "functions"]

_MOST: Final = 1500
"""
Lines of a loop, or of steps, that stand in one function: the more, the fewer numbers go through the
frame, and the longer it takes to compile.
"""
_LONG: Final = 5000
"""A program of so many lines stands in functions of ``_MOST_OF_LONG``."""
_MOST_OF_LONG: Final = 300

_NAMES: Final = re.compile(r"(?<![\w>.])(?:[vrik]\d+|a\d+(?:_any)?|h\d+_found\d*)(?!\w)")
_DEFINED: Final = re.compile(r"^(?:const )?((?:struct )?\w+) ([vra]\d+(?:_any)?|h\d+_found\d*) = ")
_GIVEN: Final = re.compile(r"(?<![\w>.])[cpmoh]\d+(?!\w)")

_WITH: Final = "in, out, heaps, f, s, first_row, t"
_HEAD: Final = (
    "(const struct input *in, void *const *out, struct heap *heaps, struct frame *f, int64_t s,\n"
    "int64_t first_row, struct trouble *t) {"
)


@dataclass(frozen=True, slots=True)
class Line:
    """``stays``: where the loop around it is."""

    text: str
    stays: bool = False


@dataclass(eq=False, slots=True)
class Nest:
    """A loop: what is set up before it, its head, and what stands in it. ``name`` counts."""

    before: list[str]
    guard: str
    head: str
    name: str
    inside: list[Item] = field(default_factory=list)
    reserved: list[str] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class Call:
    function: _Function


Item = Line | Nest | Call


@dataclass(eq=False, slots=True)
class _Function:
    number: int
    items: list[Item]


def functions(items: list[Item], given: dict[str, str]) -> tuple[str, str]:
    """
    The frame and the functions, and the call of the one that does all. ``given`` says how each
    name of what a program is given is declared.
    """
    split = _Split(_MOST_OF_LONG if sum(map(_weight, items)) > _LONG else _MOST)
    root = split.function(split.shortened(items))
    return _Text(split.made, given).whole(), f"f{root.number}({_WITH})"


class _Split:
    def __init__(self, most: int) -> None:
        self._most = most
        self.made: list[_Function] = []

    def function(self, items: list[Item]) -> _Function:
        made = _Function(len(self.made), items)
        self.made.append(made)
        return made

    def shortened(self, items: list[Item]) -> list[Item]:
        """The same in which no part is too long: loops first, then steps that follow each other."""
        found: list[Item] = []
        for item in items:
            if isinstance(item, Nest):
                item.inside = self.shortened(item.inside)
                is_long = _weight(item) > self._most // 2
                found.append(Call(self.function([item])) if is_long else item)
            else:
                found.append(item)
        return found if sum(map(_weight, found)) <= self._most else list(self._in_groups(found))

    def _in_groups(self, items: list[Item]) -> Iterator[Item]:
        group: list[Item] = []
        for item in items:
            if isinstance(item, Line) and item.stays:
                yield from self._called(group)
                group = []
                yield item
                continue
            group.append(item)
            if sum(map(_weight, group)) >= self._most:
                yield from self._called(group)
                group = []
        yield from self._called(group)

    def _called(self, group: list[Item]) -> Iterator[Item]:
        if group:
            yield Call(self.function(list(group)))


def _weight(item: Item) -> int:
    if isinstance(item, Nest):
        return len(item.before) + 2 + sum(map(_weight, item.inside))
    return 1


class _Text:
    """The functions as text."""

    def __init__(self, made: list[_Function], given: dict[str, str]) -> None:
        self.made, self.given = made, given
        self.types: dict[str, str] = {}
        self.home: dict[str, int] = {}
        self.below: dict[int, set[int]] = {}
        self.uses: dict[int, set[str]] = {}
        for function in made:  # those that are called were made before those that call them
            self._look_at(function)
        self.shared = {
            name
            for number, names in self.uses.items()
            for name in names
            if self.home[name] != number
        }

    def _look_at(self, function: _Function) -> None:
        texts = list(_texts(function.items))
        for text in texts:
            for name, of in _defined(text):
                self.types[name], self.home[name] = of, function.number
        self.uses[function.number] = {name for text in texts for name in _NAMES.findall(text)}
        called = {call.function.number for call in _calls(function.items)}
        self.below[function.number] = called.union(*(self.below[one] for one in called))

    def whole(self) -> str:
        frame = [f"{self.types[name]} {name};" for name in sorted(self.shared)]
        lines = ["struct frame {", *frame, "int64_t nothing;", "};"]
        for function in self.made:
            lines += self._function(function)
        return "\n".join(lines)

    def _function(self, function: _Function) -> list[str]:
        mine = function.number
        given = dict.fromkeys(
            name for text in _texts(function.items) for name in _GIVEN.findall(text)
        )
        elsewhere = sorted(
            name
            for name in self.uses[mine]
            if self.home[name] != mine and self.home[name] not in self.below[mine]
        )
        return [
            f"static APART int f{mine}{_HEAD}",
            *(self.given.get(name) or _heap(name) for name in given),
            *(f"const {self.types[name]} {name} = f->{name};" for name in elsewhere),
            *self._items(function.items, mine),
            "return 1;",
            "}",
        ]

    def _items(self, items: list[Item], mine: int) -> Iterator[str]:
        for item in items:
            match item:
                case Line(text=text):
                    yield self._text(text, mine)
                    yield from self._handed_on(text)
                case Call(function=function):
                    yield f"if (!f{function.number}({_WITH})) return 0;"
                case Nest():
                    yield from self._nest(item, mine)

    def _nest(self, nest: Nest, mine: int) -> Iterator[str]:
        yield from (self._text(text, mine) for text in nest.before)
        if nest.guard:
            yield f"if ({self._text(nest.guard, mine)}) {{"
        yield from (self._text(text, mine) for text in nest.reserved)
        yield f"{self._text(nest.head, mine)} {{"
        if nest.name in self.shared:
            yield f"f->{nest.name} = {nest.name};"
        yield from self._items(nest.inside, mine)
        yield "} }" if nest.guard else "}"
        for text in nest.before:
            yield from self._handed_on(text)

    def _handed_on(self, text: str) -> Iterator[str]:
        for name, _ in _defined(text):
            if name in self.shared:
                yield f"f->{name} = {name};"

    def _text(self, text: str, mine: int) -> str:
        """What a function further in has worked out is read where it is used."""

        def read(found: re.Match[str]) -> str:
            name = found.group()
            return f"f->{name}" if self.home.get(name) in self.below[mine] else name

        return _NAMES.sub(read, text)


def _texts(items: list[Item]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Line):
            yield item.text
        elif isinstance(item, Nest):
            yield from item.before
            yield from (item.guard, *item.reserved, item.head)
            yield from _texts(item.inside)


def _calls(items: list[Item]) -> Iterator[Call]:
    for item in items:
        if isinstance(item, Call):
            yield item
        elif isinstance(item, Nest):
            yield from _calls(item.inside)


def _defined(text: str) -> Iterator[tuple[str, str]]:
    if found := _DEFINED.match(text):
        yield found.group(2), found.group(1)
    elif found := _COUNTS.match(text):
        yield found.group(1), "int64_t"


_COUNTS: Final = re.compile(r"^for \(int64_t ([ik]\d+) = ")


def _heap(name: str) -> str:
    return f"struct heap *const {name} = heaps + {name[1:]};"
