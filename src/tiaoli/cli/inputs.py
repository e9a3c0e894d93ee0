"""What people type: regulations, questions, dates, readings, files; and errors that help."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NoReturn

import typer
from rich.console import Console
from rich.progress import Progress

from tiaoli.answers import NotInForce, UnknownRecord
from tiaoli.facts.calendar import UnknownWorkday
from tiaoli.facts.dates import UnreadableDate, parse_day
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Label
from tiaoli.facts.reading import DossierError
from tiaoli.intake import load
from tiaoli.regulations import catalogue
from tiaoli.rules import Question, Regulation
from tiaoli.rules.regulation import UnknownName

USAGE, UNREADABLE, DIFFERENT, NOT_IN_FORCE = 2, 3, 4, 5
"""Exit codes. 0: answered, whatever the outcome."""


@dataclass(frozen=True, slots=True)
class Screen:
    """Where answers go, and in which language."""

    out: Console
    lang: str

    def say(self, label: Label) -> str:
        return label.in_(self.lang)


def screen(lang: str) -> Screen:
    """Colour on a terminal only; a pipe gets plain text of a fixed width."""
    if lang not in ("zh", "en"):
        fail(
            USAGE, Label(f"沒有語言「{lang}」，可用 zh 或 en。", f"no language {lang!r}: zh or en")
        )
    piped = None if sys.stdout.isatty() else 100
    return Screen(Console(highlight=False, width=piped, soft_wrap=False), lang)


def fail(code: int, message: Label | str) -> NoReturn:
    """Say what is wrong on standard error and stop."""
    text = message if isinstance(message, str) else f"{message.zh}\n{message.en}"
    typer.echo(text, err=True)
    raise typer.Exit(code)


def regulation(name: str) -> Regulation:
    try:
        return catalogue.find(name)
    except catalogue.UnknownRegulation as error:
        fail(USAGE, str(error))


def question(of: Regulation, name: str) -> Question:
    try:
        return of.question(name)
    except LookupError as error:
        fail(USAGE, str(error))


def day(written: str | None) -> datetime.date:
    """The day asked for; today where none is given."""
    if written is None:
        return datetime.date.today()
    try:
        return parse_day(written)
    except UnreadableDate as error:
        fail(USAGE, str(error))


def readings(written: list[str]) -> dict[str, str]:
    """``key=reading`` pairs; whether they exist is checked by the regulation."""
    pairs = [pair.partition("=") for pair in written]
    for key, sign, wanted in pairs:
        if not (key and sign and wanted):
            fail(
                USAGE,
                Label(
                    f"「{key}」要寫成 鍵=讀法，例如 rtl.window.edge=exclusive。",
                    f"{key!r}: write key=reading, for example rtl.window.edge=exclusive",
                ),
            )
    return {key: wanted for key, _, wanted in pairs}


def efforts(written: list[str]) -> dict[str, Decimal]:
    """``kind=days`` pairs, the planning weights that replace ours."""
    found = {}
    for pair in written:
        name, _, size = pair.partition("=")
        try:
            found[name] = Decimal(size)
        except InvalidOperation:
            fail(
                USAGE,
                Label(
                    f"「{pair}」要寫成 紀錄種類=工作日數，例如 publication=20。",
                    f"{pair!r}: write kind=working days, for example publication=20",
                ),
            )
    return found


def dossier(path: Path) -> Dossier:
    """The dossier in ``path``, with a progress bar while a long table is read."""
    try:
        return _with_progress(lambda advance: load(path, progress=advance))
    except DossierError as error:
        fail(UNREADABLE, str(error))


_LONG = 2000


def _with_progress(work: Callable[[Callable[[int, int], None]], Dossier]) -> Dossier:
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("讀取紀錄 reading records", total=None, visible=False)

        def advance(done: int, total: int) -> None:
            progress.update(bar, completed=done, total=total, visible=total >= _LONG)

        return work(advance)


class refusals:
    """Turns what the engine refuses into a message and an exit code."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, NotInForce):
            fail(NOT_IN_FORCE, str(error))
        if isinstance(error, UnknownName | UnknownRecord | UnknownWorkday):
            fail(USAGE, str(error))
