"""``tiaoli population``, ``compare``, ``parameters``, ``invent``: a question asked of everybody."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tiaoli.answers import NotInForce
from tiaoli.cli import inputs
from tiaoli.cli.inputs import NOT_IN_FORCE, UNREADABLE, USAGE, fail
from tiaoli.facts.kinds import Label
from tiaoli.rules.regulation import UnknownName

if TYPE_CHECKING:
    from tiaoli.population.tables import Facts, Parts

Reg = Annotated[str, typer.Argument(metavar="法規", help="法規編號 / regulation, e.g. rt-ladder")]
Ask = Annotated[str, typer.Argument(metavar="問題", help="問題 / question, e.g. RT3")]
Folder = Annotated[
    Path | None,
    typer.Option(
        "--facts",
        help="紀錄表資料夾，或不給而讀資料庫裡的表 / folder of <kind>.parquet or .csv; "
        "without it, tables in the database",
    ),
]
On = Annotated[str | None, typer.Option("--on", help="查詢日，ISO 或民國 / day, ISO or ROC; today")]
Readings = Annotated[
    list[str], typer.Option("--reading", "-r", help="解釋鍵=讀法，可重複 / key=reading, repeatable")
]
Sets = Annotated[
    list[str],
    typer.Option("--set", help="參數=值，可重複 / parameter=value, see tiaoli parameters"),
]
EngineName = Annotated[
    str,
    typer.Option("--engine", help="kernel（預設 default）、duckdb、postgres、spark"),
]
Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        help="postgresql://… 或 DuckDB 檔；預設 DATABASE_URL / address, or file of a DuckDB",
    ),
]
Chunk = Annotated[
    int,
    typer.Option("--chunk", min=1, help="同時在記憶體裡的人數 / subjects in memory at once"),
]
AT_A_TIME = 50_000
"""As in ``population.evaluation``, which is slow to load; a test holds the two equal."""
Threads = Annotated[int | None, typer.Option("--threads", min=1, help="執行緒數 / threads")]
Lang = Annotated[str, typer.Option("--lang", help="zh（預設）或 en")]
AsJson = Annotated[bool, typer.Option("--json", help="輸出 JSON / print JSON")]


def population_command(
    name: Reg,
    question: Ask,
    facts: Folder = None,
    on: On = None,
    reading: Readings = [],
    changed: Sets = [],
    engine: EngineName = "kernel",
    database: Database = None,
    chunk: Chunk = AT_A_TIME,
    out: Annotated[
        Path | None, typer.Option("--out", help="結果存檔 / result to .parquet or .csv")
    ] = None,
    chart: Annotated[
        Path | None, typer.Option("--chart", help="瀑布圖存檔 / waterfall to an .svg file")
    ] = None,
    bounds: Annotated[
        bool, typer.Option("--bounds", help="資料不明時的上下限 / what unknown facts leave open")
    ] = False,
    threads: Threads = None,
    lang: Lang = "zh",
    as_json: AsJson = False,
) -> None:
    """對整個母體問：誰符合、止於哪一條 / ask everybody: who passes, what stops the others."""
    from tiaoli.cli import populations_json as data
    from tiaoli.cli import populations_saved as saved
    from tiaoli.cli import populations_told as told

    screen = inputs.screen(lang)
    regulation = inputs.regulation(name)
    inputs.question(regulation, question)
    _must_end_in(out, (".parquet", ".csv"))
    _must_end_in(chart, (".svg",))
    day, chosen, values = inputs.day(on), inputs.readings(reading), settings(changed)
    asked = told.Asked(regulation, question, day, chosen, values)
    with _refusals():
        told.check(engine, facts, database, bounds=bounds)
    with _refusals(), _read(facts, None if bounds else chunk) as loaded:
        with _progress(question, _LONG) as tell, saved.into(out) as keep:
            how = told.How(engine, database, threads, tell)
            found, page = told.counted(asked, loaded, how, keep)
        limits = told.limits(found, loaded, threads) if bounds else None
    if chart is not None:
        told.draw(found, page, chart, screen)
    if as_json:
        typer.echo(json.dumps(data.as_json(found, page, limits), ensure_ascii=False, indent=2))
    else:
        told.print_page(found, page, limits, screen)


def compare_command(
    name: Reg,
    question: Ask,
    facts: Folder = None,
    on: On = None,
    reading: Readings = [],
    with_reading: Annotated[
        list[str], typer.Option("--with-reading", help="另一邊的讀法 / readings of the other side")
    ] = [],
    changed: Annotated[
        list[str], typer.Option("--set", help="另一邊的參數=值 / parameters of the other side")
    ] = [],
    with_on: Annotated[
        str | None, typer.Option("--with-on", help="另一邊的查詢日 / day of the other side")
    ] = None,
    engine: EngineName = "kernel",
    database: Database = None,
    chunk: Chunk = AT_A_TIME,
    threads: Threads = None,
    lang: Lang = "zh",
    as_json: AsJson = False,
) -> None:
    """兩種讀法、兩個日期或假設修法：誰得、誰失 / who gains, who loses, at which clause."""
    from tiaoli.cli import populations_json as data
    from tiaoli.cli import populations_told as told

    screen = inputs.screen(lang)
    regulation = inputs.regulation(name)
    inputs.question(regulation, question)
    if not (with_reading or changed or with_on):
        fail(
            USAGE,
            Label(
                "請說明另一邊有何不同：--with-reading、--set 或 --with-on。",
                "Say how the other side differs: --with-reading, --set or --with-on.",
            ),
        )
    day, chosen = inputs.day(on), inputs.readings(reading)
    other = inputs.day(with_on) if with_on else day
    with _refusals():
        told.check(engine, facts, database)
    with _refusals(), _read(facts, chunk) as read, _progress(question, _LONG) as tell:
        how, loaded = told.How(engine, database, threads, tell), told.read_once(read, engine)
        sides = [
            told.evaluated(told.Asked(regulation, question, *side), loaded, how)
            for side in (
                (day, chosen, {}),
                (other, {**chosen, **inputs.readings(with_reading)}, settings(changed)),
            )
        ]
        found = told.compared(*sides)
    if as_json:
        typer.echo(json.dumps(data.comparison_json(sides, found), ensure_ascii=False, indent=2))
    else:
        told.print_comparison(sides, found, screen)


def parameters_command(
    name: Reg, question: Ask, reading: Readings = [], lang: Lang = "zh", as_json: AsJson = False
) -> None:
    """列出可用 --set 改動的數字、期間與日期 / numbers, windows and days that --set can change."""
    from tiaoli.cli import populations_told as told

    screen = inputs.screen(lang)
    regulation = inputs.regulation(name)
    inputs.question(regulation, question)
    with _refusals():
        found = told.parameters_of(regulation, question, inputs.readings(reading))
    if as_json:
        rows = [{"name": p.name, "clause": p.clause, "value": p.value} for p in found]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        told.print_parameters(regulation, found, screen)


def invent_command(
    recipe: Annotated[str, typer.Argument(metavar="配方", help="法規編號 / id of a regulation")],
    out: Annotated[Path, typer.Option("--out", help="存放的資料夾 / folder to write to")],
    people: Annotated[int, typer.Option("--people", min=1, help="人數 / how many")] = 10_000,
    seed: Annotated[int, typer.Option("--seed", help="種子 / same seed, same people")] = 1,
    on: On = None,
    lang: Lang = "zh",
) -> None:
    """產生虛構的母體 / invented people, as tables; nobody in them exists."""
    from tiaoli.population.invented import NoSuchRecipe
    from tiaoli.population.invented import people as invented
    from tiaoli.population.tables import save

    screen = inputs.screen(lang)
    try:
        made = invented(recipe, people, seed, inputs.day(on))
    except NoSuchRecipe as error:
        fail(USAGE, str(error))
    save(made, out)
    says = Label(
        f"{made.size:,} 位虛構的對象、{made.total:,} 筆紀錄，存於 {out}",
        f"{made.size:,} invented subjects with {made.total:,} records in {out}",
    )
    screen.out.print(screen.say(says))


def settings(written: list[str]) -> dict[str, str]:
    """``parameter=value`` pairs; whether they exist is checked by the question."""
    pairs = [pair.partition("=") for pair in written]
    for name, sign, value in pairs:
        if not (name and sign and value):
            fail(
                USAGE,
                Label(
                    f"「{name}」要寫成 參數=值，例如 RTL-5.RT3.ADMIN.a.hours=12。",
                    f"{name!r}: write parameter=value, for example RTL-5.RT3.ADMIN.a.hours=12",
                ),
            )
    return {name: value for name, _, value in pairs}


def _must_end_in(path: Path | None, endings: tuple[str, ...]) -> None:
    if path is not None and path.suffix not in endings:
        among = "、".join(endings)
        fail(
            USAGE,
            Label(
                f"「{path}」的副檔名要是 {among}。",
                f"{path} has to end in {' or '.join(endings)}.",
            ),
        )


@contextmanager
def _read(folder: Path | None, most: int | None) -> Iterator[Facts | Parts | None]:
    """The facts of a folder, ``most`` subjects in memory at once; None where none is given."""
    from tiaoli.population.tables import opened

    if folder is None:
        yield None
        return
    with ExitStack() as kept:
        with _progress("讀取紀錄表 reading tables", 0) as tell:
            facts = kept.enter_context(opened(folder, most=most, tell=tell))
        for warning in facts.warnings:
            typer.echo(str(warning), err=True)
        yield facts


@contextmanager
def _refusals() -> Iterator[None]:
    """Turns what the engine refuses into a message and an exit code."""
    from tiaoli.population.changes import NoSuchParameter, UnreadableValue
    from tiaoli.population.evaluation import NotAsked
    from tiaoli.population.kernel import KernelTrouble, NoCompiler
    from tiaoli.population.lowering import NoColumns
    from tiaoli.population.sql import NotForSql
    from tiaoli.population.tables import FactsError

    try:
        yield
    except NotInForce as error:
        fail(NOT_IN_FORCE, str(error))
    except (FactsError, KernelTrouble) as error:
        fail(UNREADABLE, str(error))
    except (
        UnknownName, NoSuchParameter, UnreadableValue, NoColumns, NoCompiler, NotAsked, NotForSql
    ) as error:  # fmt: skip
        fail(USAGE, str(error))


@contextmanager
def _progress(what: str, least: int) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, shown where there are as many as ``least`` to do."""
    console = Console(stderr=True)
    parts = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(
        *parts, TimeElapsedColumn(), console=console, transient=True,
        disable=not console.is_terminal,
    ) as progress:  # fmt: skip
        bar = progress.add_task(what, total=None, visible=False)

        def tell(done: int, total: int) -> None:
            progress.update(bar, completed=done, total=total, visible=total >= least)

        yield tell


_LONG = 20_000

COMMANDS: dict[str, Callable[..., None]] = {
    "population": population_command,
    "compare": compare_command,
    "parameters": parameters_command,
    "invent": invent_command,
}
