"""``tiaoli lint``: checks a regulation, and fails where it finds other than what is declared."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from tiaoli.cli import inputs
from tiaoli.regulations import catalogue

FOUND_OTHERWISE = 6
"""Exit code where what is found and what is declared differ."""


def lint_command(
    name: Annotated[
        str | None,
        typer.Argument(metavar="法規", help="法規編號，省略則全部 / regulation; all if left out"),
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", help="查詢日 / day of asking [2026-06-30]")
    ] = None,
    lang: Annotated[str, typer.Option("--lang", help="zh（預設）或 en")] = "zh",
    as_json: Annotated[bool, typer.Option("--json", help="輸出 JSON / print JSON")] = False,
) -> None:
    """以求解器檢查條文：縫隙、重疊、矛盾、陡降 / gaps, overlaps, contradictions, cliffs."""
    from tiaoli.cli import findings_told  # noqa: PLC0415  # the solver is slow to load

    screen = inputs.screen(lang)
    day = None if on is None else inputs.day(on)
    regulations = (
        [inputs.regulation(name)] if name else [catalogue.find(i) for i in catalogue.ids()]
    )
    pages = []
    wrong = False
    for regulation, (report, rows) in zip(
        regulations, findings_told.checked_at_once(regulations, day), strict=True
    ):
        wrong = wrong or not all(row.verdict.is_right for row in rows)
        if as_json:
            pages.append(findings_told.as_json(regulation, report, rows))
        else:
            findings_told.print_page(regulation, report, rows, screen)
    if as_json:
        typer.echo(json.dumps(pages, ensure_ascii=False, indent=2))
    if wrong:
        raise typer.Exit(FOUND_OTHERWISE)
