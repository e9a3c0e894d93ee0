"""``tiaoli replay``: the same inputs give the same answer, years later."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from tiaoli.answers import Answer, ask
from tiaoli.cli import inputs
from tiaoli.cli.inputs import DIFFERENT, UNREADABLE, fail
from tiaoli.facts.kinds import Label
from tiaoli.facts.reading import DossierError, read_dossier


def replay(
    record: Annotated[
        Path, typer.Argument(metavar="存檔", help="ask --save 的檔案 / a saved answer")
    ],
    lang: Annotated[str, typer.Option("--lang", help="zh（預設）或 en")] = "zh",
) -> None:
    """重算存檔的答案，指紋須相同 / answer again; the fingerprint must be the same."""
    screen = inputs.screen(lang)
    try:
        kept = json.loads(record.read_text(encoding="utf-8"))
        before, dossier = Answer.from_json(kept["answer"]), read_dossier(kept["dossier"])
    except (OSError, ValueError, KeyError, TypeError, DossierError) as error:
        fail(
            UNREADABLE,
            Label(
                f"「{record}」不是 tiaoli ask --save 存下的檔案：{error}",
                f"{record} is not a file kept by tiaoli ask --save: {error}",
            ),
        )
    regulation = inputs.regulation(before.regulation)
    with inputs.refusals():
        now = ask(
            regulation,
            before.question,
            dossier,
            on=before.on,
            readings=before.interpretations,
            about=before.about,
        )
    if now.fingerprint != before.fingerprint:
        fail(
            DIFFERENT,
            Label(
                f"指紋不同：存檔 {before.fingerprint}，現在 {now.fingerprint}。"
                "規則、事實、讀法或日期至少有一項變了。",
                "The fingerprint differs: the rules, facts, readings or the date have changed.",
            ),
        )
    if now != before:
        fail(
            DIFFERENT,
            Label("指紋相同但答案不同：存檔被改過。", "Same fingerprint, another answer: altered."),
        )
    same = Label(
        f"相同：{now.outcome}，指紋 {now.fingerprint}",
        f"same: {now.outcome}, fingerprint {now.fingerprint}",
    )
    screen.out.print(screen.say(same))
