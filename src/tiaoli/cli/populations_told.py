"""What a population came to, told: outcomes, waterfalls, near misses, bounds, comparisons."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

from rich.markup import escape

from tiaoli.answers.answer import Quantity
from tiaoli.answers.in_words import quantity_text
from tiaoli.answers.wording import name_of
from tiaoli.cli import details, printing
from tiaoli.cli.inputs import USAGE, Screen, fail
from tiaoli.facts.kinds import Label
from tiaoli.facts.vocabulary import find
from tiaoli.population.bounds import Bounds, Unknown, bounds
from tiaoli.population.changes import Parameter, parameters
from tiaoli.population.chart import svg
from tiaoli.population.compare import Comparison, compare
from tiaoli.population.evaluation import (
    Evaluation,
    Source,
    check_engine,
    evaluate,
    evaluate_in_parts,
    question_for,
)
from tiaoli.population.summary import Counts, NearMiss, Summary, Waterfall
from tiaoli.population.tables import Columns, Facts, Parts
from tiaoli.population.wording import step_label
from tiaoli.rules import Regulation
from tiaoli.rules.outcomes import outcome_label

_MOST_UNKNOWNS = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed: the question, the day, the readings, and the numbers that are changed."""

    regulation: Regulation
    question: str
    on: datetime.date
    readings: Mapping[str, str]
    changes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class How:
    """With which engine, where it works, in how many threads, and who is told how far it is."""

    engine: str = "kernel"
    database: str | None = None
    threads: int | None = None
    tell: Callable[[int, int], None] | None = None


def check(engine: str, folder: Path | None, database: str | None, *, bounds: bool = False) -> None:
    """What can be refused before anything is read."""
    check_engine(engine, folder, database)
    if bounds and folder is None:
        fail(
            USAGE,
            Label(
                "--bounds 要填補不明的紀錄再問一次，請用 --facts 給表的資料夾。",
                "--bounds fills in what is not known and asks again: give a folder with --facts.",
            ),
        )


def evaluated(asked: Asked, facts: Source | None, how: How) -> Evaluation:
    """The question asked, and its whole table."""
    return evaluate(
        asked.regulation, asked.question, facts, on=asked.on, readings=asked.readings,
        changes=asked.changes, engine=how.engine, database=how.database, threads=how.threads,
        tell=how.tell,
    )  # fmt: skip


def counted(
    asked: Asked, facts: Source | None, how: How, keep: Callable[[Any], None]
) -> tuple[Evaluation, Summary]:
    """
    The question asked, each part of its table given to ``keep`` and counted; what is returned has
    the table of the first part.
    """
    parts = evaluate_in_parts(
        asked.regulation, asked.question, facts, on=asked.on, readings=asked.readings,
        changes=asked.changes, engine=how.engine, database=how.database, threads=how.threads,
        tell=how.tell,
    )  # fmt: skip
    first = next(parts)
    counts = Counts(first.plan)
    for part in chain([first], parts):
        keep(part.table)
        counts.add(part.table)
    return first, counts.summary()


def read_once(facts: Facts | Parts | None, engine: str) -> Source | None:
    """Columns in memory, for both sides of a comparison."""
    return Columns(facts) if engine == "kernel" and isinstance(facts, Facts) else facts


def limits(found: Evaluation, facts: Facts | Parts | None, threads: int | None) -> Bounds:
    """What is certain and possible, and what to find out first."""
    assert isinstance(facts, Facts), "bounds are of all at once"
    if not found.plan.routes:
        fail(
            USAGE,
            Label(
                f"「{found.question}」沒有要達到的結果，沒有上下限可言。",
                f"{found.question} has no goal to reach, so there are no bounds.",
            ),
        )

    def again(filled: Facts) -> Any:
        return evaluate(
            found.regulation, found.question, filled, on=found.on, readings=found.readings,
            changes=found.changes, threads=threads,
        ).table  # fmt: skip

    return bounds(found.plan, found.table, facts, again)


def compared(before: Evaluation, after: Evaluation) -> Comparison:
    return compare(before.plan, before.table, after.table)


def parameters_of(
    regulation: Regulation, question: str, readings: Mapping[str, str]
) -> tuple[Parameter, ...]:
    asked, _ = question_for(
        regulation, question, on=datetime.date.today(), readings=readings, changes={}
    )
    return parameters(asked)


def draw(found: Evaluation, of: Summary, path: Path, screen: Screen) -> None:
    """One picture for each way to the goal: the second is ``name-2.svg``."""
    if not of.waterfalls:
        fail(
            USAGE,
            Label(
                f"「{found.question}」沒有要達到的結果，畫不出瀑布圖。",
                f"{found.question} has no goal to reach, so there is no waterfall.",
            ),
        )
    label = found.regulation.question(found.question).label
    for number, fall in enumerate(of.waterfalls, 1):
        title = Label(
            f"{found.regulation.title.zh} · {label.zh} · {found.on.isoformat()}",
            f"{found.regulation.title.en} · {label.en} · {found.on.isoformat()}",
        )
        target = path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        text = svg(
            fall, title, lambda one: step_label(found.regulation, one.step), lang=screen.lang
        )
        target.write_text(text, encoding="utf-8")


# On a screen


def print_page(found: Evaluation, of: Summary, limit: Bounds | None, screen: Screen) -> None:
    _heading(found, screen)
    rows = [
        (f"{screen.say(outcome_label(word))} ({word})", f"{number:,}", _share(number, of.subjects))
        for word, number in of.outcomes.items()
    ]
    printing.table(
        _heads(screen, ("結果", "人數", "比率"), ("outcome", "subjects", "share")), rows, screen
    )
    for number, fall in enumerate(of.waterfalls, 1):
        _print_waterfall(found, fall, number if len(of.waterfalls) > 1 else None, screen)
    _print_near(of.near_misses, screen)
    if limit is not None:
        _print_limits(limit, screen)


def _heading(found: Evaluation, screen: Screen) -> None:
    asked = found.regulation.question(found.question)
    title = f"{screen.say(found.regulation.title)} · {screen.say(asked.label)}"
    screen.out.print(f"[bold]{escape(title)}[/bold]")
    on = details.either(screen, "查詢日", "asked for")
    screen.out.print(f"{on} {details.day_text(found.on, screen)}")
    for name, value in found.changes.items():
        what = details.either(screen, "假設", "what if")
        screen.out.print(escape(f"{what} {name} = {value}"))


def _heads(screen: Screen, zh: tuple[str, ...], en: tuple[str, ...]) -> tuple[str, ...]:
    return zh if screen.lang == "zh" else en


def _share(number: int, of: int) -> str:
    return f"{100 * number / of:.1f} %" if of else "—"


def _print_waterfall(
    found: Evaluation, fall: Waterfall, number: int | None, screen: Screen
) -> None:
    which = "" if number is None else f" {number}"
    title = details.either(screen, f"逐條{which}：止於哪一條", f"Clause by clause{which}")
    screen.out.print(f"\n[bold]{title}[/bold]")
    rows = [
        (
            screen.say(step_label(found.regulation, one.step)),
            f"{one.before:,}",
            f"{one.stopped:,}",
            f"{one.open:,}",
            f"{one.alone:,}",
        )
        for one in fall.falls
    ]
    last = details.either(screen, "全部符合", "meets all")
    rows.append((last, f"{fall.passed:,}", "", f"{fall.open:,}", ""))
    heads = _heads(
        screen,
        ("條件", "到此人數", "止於此", "不明", "只差這一條"),
        ("condition", "come to it", "stopped", "not known", "this alone"),
    )
    printing.table(heads, rows, screen)


def _print_near(near: Sequence[NearMiss], screen: Screen) -> None:
    if not near:
        return
    title = details.either(screen, "只差一條的人，差多少", "One clause short, and by how much")
    screen.out.print(f"\n[bold]{title}[/bold]")
    rows = []
    for one in near:
        what = name_of(one.measure.compare.left)
        amounts = (_amount(one, size, screen) for size in (one.least, one.middle, one.most))
        rows.append((one.measure.clause, screen.say(what), f"{one.subjects:,}", *amounts))
    heads = _heads(
        screen,
        ("條款", "計算", "人數", "最少差", "中位數", "最多差"),
        ("clause", "measure", "subjects", "least", "median", "most"),
    )
    printing.table(heads, rows, screen)


def _amount(near: NearMiss, size: Decimal, screen: Screen) -> str:
    return screen.say(quantity_text(Quantity(size, size, near.measure.compare.left.unit)))


def _print_limits(limit: Bounds, screen: Screen) -> None:
    says = Label(
        f"資料不明：符合者在 {limit.certain:,} 與 {limit.possible:,} 之間（共 {limit.subjects:,}）",
        f"Not all is known: between {limit.certain:,} and {limit.possible:,} of "
        f"{limit.subjects:,} qualify",
    )
    screen.out.print(f"\n[bold]{screen.say(says)}[/bold]")
    rows = [
        (_unknown_text(one, screen), f"{one.places:,}", f"{one.settles:,}")
        for one in limit.unknowns[:_MOST_UNKNOWNS]
    ]
    heads = _heads(
        screen,
        ("查明什麼", "不明處", "可因而確定的人數（估計）"),
        ("to be found out", "places", "subjects it would settle (estimate)"),
    )
    printing.table(heads, rows, screen)


def _unknown_text(one: Unknown, screen: Screen) -> str:
    kind = find(one.kind)
    if not one.attribute:
        listed = details.either(screen, "是否還有其他紀錄", "whether there are more")
        return f"{screen.say(kind.label)}：{listed}"
    return f"{screen.say(kind.label)} · {screen.say(kind.attributes[one.attribute].label)}"


def print_comparison(sides: Sequence[Evaluation], found: Comparison, screen: Screen) -> None:
    before, after = sides
    _heading(after, screen)
    differ = [f"{k} = {v}" for k, v in after.readings.items() if before.readings.get(k) != v]
    for one in differ:
        screen.out.print(escape(f"{details.either(screen, '讀法', 'reading')} {one}"))
    if before.on != after.on:
        was = details.either(screen, "對照日", "against")
        screen.out.print(f"{was} {details.day_text(before.on, screen)}")
    says = Label(
        f"{found.subjects:,} 位中 {found.same:,} 位不變；得 {found.gained:,}，失 {found.lost:,}",
        f"{found.same:,} of {found.subjects:,} unchanged; {found.gained:,} gain, "
        f"{found.lost:,} lose",
    )
    screen.out.print(f"[bold]{screen.say(says)}[/bold]")
    rows = [
        (
            f"{screen.say(outcome_label(turn.before))} → {screen.say(outcome_label(turn.after))}",
            f"{turn.subjects:,}",
            "\n".join(f"{name} ({number:,})" for name, number in list(turn.clauses.items())[:5]),
            ", ".join(turn.examples),
        )
        for turn in found.turns
    ]
    heads = _heads(
        screen,
        ("轉變", "人數", "在哪一條", "例"),
        ("change", "subjects", "at which clause", "examples"),
    )
    printing.table(heads, rows, screen)


def print_parameters(regulation: Regulation, found: Sequence[Parameter], screen: Screen) -> None:
    rows = [
        (one.name, f"{one.value} {screen.say(one.unit)}".strip(), _says(regulation, one, screen))
        for one in found
    ]
    heads = _heads(screen, ("參數", "現值", "條款"), ("parameter", "value", "clause"))
    printing.table(heads, rows, screen)


def _says(regulation: Regulation, one: Parameter, screen: Screen) -> str:
    clause = regulation.clauses.get(one.clause)
    return "" if clause is None else screen.say(clause.says)
