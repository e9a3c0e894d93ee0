"""The commands of ``tiaoli``. Each reads what was typed, asks one thing, prints it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from tiaoli.answers import ask
from tiaoli.answers.course import changes
from tiaoli.answers.plan import plans
from tiaoli.cli import (
    attributes,
    courses,
    edges,
    inputs,
    linting,
    platform,
    populations,
    printing,
    replaying,
    show,
)
from tiaoli.cli.inputs import USAGE, fail
from tiaoli.facts import vocabulary
from tiaoli.facts.kinds import Label
from tiaoli.facts.names import nearest
from tiaoli.facts.reading import write_dossier
from tiaoli.facts.schema import json_schema
from tiaoli.regulations import catalogue
from tiaoli.rules import Place

app = typer.Typer(
    help="條理：把專業人員的認證規則變成可以詢問、說明、規劃的東西。\n\n"
    "Tiaoli: rules of professional credentialing that can be asked, explained and planned with.\n\n"
    "結束代碼 exit codes: 0 已回答 answered · 2 用法 usage · 3 卷宗有誤 dossier · "
    "4 指紋不符 fingerprint differs · 5 尚未施行 not in force · 6 發現與聲明不符 findings differ",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Lang = Annotated[str, typer.Option("--lang", help="zh（預設）或 en")]
AsJson = Annotated[bool, typer.Option("--json", help="輸出 JSON / print JSON")]
On = Annotated[str | None, typer.Option("--on", help="查詢日，ISO 或民國 / day, ISO or ROC; today")]
Readings = Annotated[
    list[str], typer.Option("--reading", "-r", help="解釋鍵=讀法，可重複 / key=reading, repeatable")
]
About = Annotated[
    str | None, typer.Option("--about", help="所問的紀錄編號 / id of the record asked about")
]
Reg = Annotated[str, typer.Argument(metavar="法規", help="法規編號 / regulation, e.g. rt-ladder")]
Ask = Annotated[str, typer.Argument(metavar="問題", help="問題 / question, e.g. RT3")]
File = Annotated[Path, typer.Argument(metavar="卷宗", help="卷宗檔 / dossier: YAML, TOML or JSON")]


def _print_json(data: Any) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))


@app.command("regulations")
def list_regulations(lang: Lang = "zh", as_json: AsJson = False) -> None:
    """列出法規 / the regulations there are."""
    screen = inputs.screen(lang)
    found = [catalogue.find(name) for name in catalogue.ids()]
    if as_json:
        _print_json([{"id": r.id, "zh": r.title.zh, "en": r.title.en} for r in found])
        return
    rows = [
        (
            r.id,
            screen.say(r.title),
            screen.say(r.subject),
            str(len(r.clauses)),
            str(len(r.questions)),
        )
        for r in found
    ]
    heads = ("編號", "名稱", "對象", "條款", "問題")
    english = ("id", "title", "subject", "clauses", "questions")
    printing.table(heads if lang == "zh" else english, rows, screen)


@app.command("questions")
def list_questions(name: Reg, lang: Lang = "zh", as_json: AsJson = False) -> None:
    """列出一部法規可問的問題 / what can be asked of a regulation."""
    screen = inputs.screen(lang)
    regulation = inputs.regulation(name)
    asked = regulation.questions.values()
    if as_json:
        _print_json(
            [
                {
                    "id": q.id,
                    "zh": q.asks.zh,
                    "en": q.asks.en,
                    "outcomes": list(q.outcomes),
                    "about": q.about,
                }
                for q in asked
            ]
        )
        return
    rows = [(q.id, screen.say(q.asks), q.about or "") for q in asked]
    heads = ("問題", "問什麼", "所涉紀錄（--about）")
    english = ("question", "asks", "about a record of kind")
    printing.table(heads if lang == "zh" else english, rows, screen)


@app.command("ask")
def ask_question(
    name: Reg,
    question: Ask,
    path: File,
    on: On = None,
    reading: Readings = [],
    about: About = None,
    lang: Lang = "zh",
    as_json: AsJson = False,
    everything: Annotated[
        bool, typer.Option("--all", help="連用不到的選項也列出 / every alternative and record")
    ] = False,
    save: Annotated[
        Path | None, typer.Option("--save", help="連同卷宗存檔，供 replay / keep for replay")
    ] = None,
) -> None:
    """回答一個問題並逐條說明理由 / answer a question, clause by clause."""
    screen = inputs.screen(lang)
    regulation = inputs.regulation(name)
    inputs.question(regulation, question)
    day, chosen = inputs.day(on), inputs.readings(reading)
    dossier = inputs.dossier(path)
    with inputs.refusals():
        found = ask(regulation, question, dossier, on=day, readings=chosen, about=about)
    if save is not None:
        record = {"answer": found.to_json(), "dossier": write_dossier(dossier)}
        save.write_text(json.dumps(record, ensure_ascii=False, indent=2), encoding="utf-8")
    if as_json:
        _print_json(found.to_json())
    else:
        called = dossier.subject.values.get("name")
        shown = called if isinstance(called, str) else found.subject
        printing.answer(found, regulation, shown, screen, everything=everything)


@app.command("timeline")
def show_timeline(
    name: Reg,
    question: Ask,
    path: File,
    reading: Readings = [],
    about: About = None,
    lang: Lang = "zh",
    as_json: AsJson = False,
) -> None:
    """從哪一天到哪一天，以及因何改變 / from which day until which day, and what ends it."""
    screen = inputs.screen(lang)
    regulation = inputs.regulation(name)
    asked = inputs.question(regulation, question)
    chosen, dossier = inputs.readings(reading), inputs.dossier(path)
    with inputs.refusals():
        found = changes(regulation, question, dossier, readings=chosen, about=about)
    if as_json:
        _print_json(
            [
                {
                    "first": None if s.first is None else s.first.isoformat(),
                    "last": None if s.last is None else s.last.isoformat(),
                    "outcome": s.outcome,
                    "ended_by": [{"zh": c.zh, "en": c.en} for c in causes],
                }
                for s, causes in zip(found.spells, (*found.causes, ()), strict=True)
            ]
        )
        return
    courses.timeline(found.spells, found.causes, asked, regulation, screen)


@app.command("plan")
def show_plan(
    name: Reg,
    question: Ask,
    path: File,
    on: On = None,
    reading: Readings = [],
    effort: Annotated[
        list[str],
        typer.Option("--effort", help="紀錄種類=工作日數 / kind=days, replaces our weight"),
    ] = [],
    about: About = None,
    lang: Lang = "zh",
    as_json: AsJson = False,
) -> None:
    """還差什麼，最省力的先列 / the smallest sets of further facts or waiting, cheapest first."""
    screen = inputs.screen(lang)
    regulation = inputs.regulation(name)
    asked = inputs.question(regulation, question)
    day, chosen, weights = inputs.day(on), inputs.readings(reading), inputs.efforts(effort)
    dossier = inputs.dossier(path)
    if asked.goal is None:
        fail(
            USAGE,
            Label(
                f"「{question}」不是要達到的資格，無從規劃。",
                f"{question} is not something to reach, so there is nothing to plan.",
            ),
        )
    with inputs.refusals():
        found = plans(
            regulation,
            question,
            dossier,
            on=day,
            readings=chosen,
            about=about,
            efforts=weights,
        )
    if as_json:
        _print_json([plan.to_json() for plan in found])
    else:
        courses.plans(found, asked, day, screen)


@app.command("coverage")
def show_coverage(
    name: Annotated[str | None, typer.Argument(metavar="[法規]")] = None,
    lang: Lang = "zh",
    as_json: AsJson = False,
    clauses: Annotated[
        bool, typer.Option("--clauses", help="逐條列出 / list every clause")
    ] = False,
) -> None:
    """每一條的下落 / what became of every clause."""
    screen = inputs.screen(lang)
    found = [inputs.regulation(n) for n in ([name] if name else catalogue.ids())]
    if as_json:
        _print_json(
            {
                r.id: {p.value if p else "unplaced": list(ids) for p, ids in r.coverage().items()}
                for r in found
            }
        )
        return
    places: list[Place | None] = [*Place, None]
    labels = [
        screen.say(p.label) if p else {"zh": "無下落", "en": "unplaced"}[lang] for p in places
    ]
    total = {"zh": "合計", "en": "total"}[lang]
    rows = []
    for regulation in found:
        counts = [len(regulation.coverage().get(place, ())) for place in places]
        rows.append((regulation.id, *map(str, counts), str(sum(counts))))
    printing.table(({"zh": "法規", "en": "regulation"}[lang], *labels, total), rows, screen)
    if clauses:
        for regulation in found:
            listed = []
            for clause in regulation.clauses.values():
                place = regulation.place_of(clause.id)
                listed.append(
                    (clause.id, screen.say(place.label) if place else "—", screen.say(clause.says))
                )
            printing.table(("", "", ""), listed, screen)


@app.command("show")
def show_clauses(
    name: Reg,
    clause: Annotated[str | None, typer.Argument(metavar="[條款]")] = None,
    lang: Lang = "zh",
    markdown: Annotated[
        bool, typer.Option("--markdown", help="整部法規的頁面 / the whole regulation as a page")
    ] = False,
) -> None:
    """依條文順序讀一部法規，句子由規則產生 / read a regulation in the order of its text."""
    screen = inputs.screen(lang)
    regulation = inputs.regulation(name)
    if markdown:
        typer.echo(show.as_markdown(regulation), nl=False)
        return
    if clause is not None and clause not in regulation.clauses:
        hint = nearest(clause, regulation.clauses)
        fail(
            USAGE,
            Label(
                f"「{regulation.id}」沒有「{clause}」這一條。{hint.zh}",
                f"{regulation.id} has no clause {clause!r}. {hint.en}",
            ),
        )
    for reading in show.readings(regulation):
        if clause is None or reading.clause.id == clause:
            printing.clause(reading, regulation, screen)


@app.command("facts")
def show_facts(
    name: Annotated[str | None, typer.Argument(metavar="[紀錄種類]")] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="卷宗的 JSON Schema / JSON Schema of a dossier")
    ] = False,
    lang: Lang = "zh",
) -> None:
    """詞彙：有哪些紀錄與欄位 / the vocabulary; --json prints the JSON Schema."""
    screen = inputs.screen(lang)
    if name is not None:
        try:
            kinds = {name: vocabulary.find(name)}
        except vocabulary.UnknownKind as error:
            fail(USAGE, str(error))
    else:
        kinds = dict(vocabulary.KINDS)
    if as_json:
        _print_json(json_schema(kinds))
        return
    if name is None:
        rows = [(k.name, screen.say(k.label), ", ".join(k.attributes)) for k in kinds.values()]
        heads = ("紀錄種類", "名稱", "欄位"), ("kind", "label", "attributes")
    else:
        (kind,) = kinds.values()
        rows = [attributes.attribute_row(one, screen) for one in kind.attributes.values()]
        heads = ("欄位", "名稱", "寫法"), ("attribute", "label", "written as")
    printing.table(heads[0] if lang == "zh" else heads[1], rows, screen)


@app.command("edges")
def make_edges(name: Reg, on: On = None) -> None:
    """由求解器產生每個門檻剛好符合與差一點的案例 / cases at the edge, made by the solver."""
    for piece in edges.lines(inputs.regulation(name), inputs.day(on)):
        typer.echo(piece, nl=False)


app.command("lint")(linting.lint_command)
app.command("replay")(replaying.replay)
for called, command in populations.COMMANDS.items():
    app.command(called)(command)
app.add_typer(platform.app, name="platform")


def run() -> None:
    app()


if __name__ == "__main__":
    run()
