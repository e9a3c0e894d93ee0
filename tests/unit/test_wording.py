"""How an answer says things: amounts by their names, fractions, bounds, lists, what is missing."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tiaoli.answers.answer import Answer, Quantity
from tiaoli.answers.ask import ask
from tiaoli.answers.in_words import quantity_text
from tiaoli.answers.wording import describe, name_of
from tiaoli.cli.main import app
from tiaoli.facts.kinds import Label, Unit
from tiaoli.facts.reading import read_dossier
from tiaoli.regulations import catalogue
from tiaoli.rules import (
    BrokenRegulation,
    Fold,
    any_record,
    called,
    count,
    how_many,
    its,
    known_if,
    named,
    not_stated,
    number_of,
    of_each,
    of_each_period,
    records,
    share,
    sum_of,
    years,
)

SHANHAI = str(Path(__file__).parents[2] / "examples" / "shanhai-programme.yaml")
resident = records("resident")
entry = records("passport_entry")
RESIDENT = {"id": "甲", "kind": "resident", "name": "住院醫師甲", "start_date": "2026-02-01"}


def told(question: str, *options: str) -> str:
    asked = ["ask", "nm-program", question, SHANHAI, "--on", "2026-08-01", *options]
    return CliRunner().invoke(app, asked).stdout


def answered(question: str, *facts: Mapping[str, Any]) -> Answer:
    subject = {"id": "p", "kind": "programme", "training_start": "2026-08-01"}
    dossier = read_dossier({"subject": subject, "facts": list(facts)})
    return ask(catalogue.find("nm-program"), question, dossier, on=datetime.date(2026, 8, 1))


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        ("66.666666", Unit.PERCENT, "66.7 %"),
        ("89.96", Unit.PERCENT, "89.96 %"),
        ("89.999999", Unit.PERCENT, "89.999999 %"),
        ("69.999500", Unit.PERCENT, "69.9995 %"),
        ("75", Unit.PERCENT, "75 %"),
        ("0.125", Unit.POINT, "0.125 分"),
        ("1.666666", Unit.POINT, "1.67 分"),
        ("100", Unit.MINUTE, "1.67 小時"),
    ],
)
def test_a_fraction_is_rounded_but_never_to_a_whole(number: str, unit: Unit, text: str) -> None:
    exact = Decimal(number)
    assert quantity_text(Quantity(exact, exact, unit)).zh == text


def test_an_amount_of_which_only_a_part_is_known_is_at_least_that() -> None:
    assert quantity_text(Quantity(3, None, Unit.POINT)) == Label("至少 3 分", "at least 3 points")


@pytest.mark.parametrize(
    "amount",
    [
        count(resident),
        sum_of(entry.case_count, entry),
        share(count(resident), count(entry)),
        how_many(any_record(resident)),
    ],
)
def test_an_amount_goes_by_its_name(amount: Any) -> None:
    assert name_of(called("名稱", "a name", amount)) == Label("名稱", "a name")


def test_only_what_is_counted_has_a_name() -> None:
    with pytest.raises(BrokenRegulation, match="cannot be called"):
        called("五", "five", number_of(5))


def test_how_many_says_of_how_many() -> None:
    assert name_of(how_many(any_record(resident), any_record(entry))).zh == "2 項中符合的項數"


def test_one_way_of_folding_is_said_once() -> None:
    none = not_stated("沒有", "none", Unit.CASE)
    yearly = of_each_period(
        its(resident).start_date, its(resident).completion_date, years(1),
        sum_of(entry.case_count, entry), fold=Fold.LEAST, otherwise=none,
    )  # fmt: skip
    known = known_if(any_record(entry), yearly, "登錄", "entries")
    everyone = of_each(resident, known, fold=Fold.LEAST, otherwise=none)
    assert name_of(everyone).zh.count("取最少者") == 1


def test_the_reverse_of_an_option_is_said_in_one() -> None:
    assert describe(~resident.full_time.is_(True)).zh == "專任不為「是」"


def test_the_reverse_of_a_name_keeps_the_name() -> None:
    assert describe(~named("有檔案", "a file", any_record(entry))).zh == "非「有檔案」"


def test_a_limit_is_told_as_a_limit() -> None:
    assert "現有 2，須 5 以下" in told("pass")


def test_scores_of_another_grade_are_not_told_as_left_out() -> None:
    assert "不計" not in told("pass")


def test_other_figures_under_another_reading_go_by_their_names() -> None:
    assert "（已用2分項數 0、尚可2分項數 5）" in told("pass")


@pytest.mark.parametrize("question", ["2.1", "4.1", "5.3", "6.4", "7.3", "9.2"])
def test_no_heading_stands_over_one_thing(question: str) -> None:
    lines = told(question).splitlines()
    depths = [len(line) - len(line.lstrip()) for line in lines]
    alone = [
        line
        for at, line in enumerate(lines)
        if line.endswith(("以下任一項", "以下各項都要"))
        and _below(depths, at).count(depths[at] + 2) < 2
    ]
    assert alone == []


def _below(depths: list[int], at: int) -> list[int]:
    """The depths of the lines under one."""
    end = next((i for i in range(at + 1, len(depths)) if depths[i] <= depths[at]), len(depths))
    return depths[at + 1 : end]


def test_months_stand_in_order_of_time() -> None:
    months = re.findall(r"年\d+月（(\d{4}-\d\d)）", told("6.4"))
    assert (len(months) > 10, months[:12]) == (True, sorted(months[:12]))


def test_what_is_missing_for_a_complete_year_is_named() -> None:
    asked = [missing.asks.zh for missing in answered("7.3", RESIDENT).missing]
    assert "甲：尚無完整的訓練年度" in asked


def test_who_has_no_complete_year_is_not_named_where_another_has_one() -> None:
    other = {**RESIDENT, "id": "乙", "name": "住院醫師乙", "start_date": "2024-02-01"}
    asked = [missing.asks.zh for missing in answered("7.3", RESIDENT, other).missing]
    assert [text for text in asked if "尚無完整的訓練年度" in text] == []


def test_a_figure_of_which_a_part_is_known_says_which() -> None:
    scores = [
        {"id": f"s{item}", "kind": "consensus_score", "item": item, "score": score}
        for item, score in (("4.1", 2), ("4.3", None))
    ]
    found = answered("pass", *[{k: v for k, v in s.items() if v is not None} for s in scores])
    assert (found.value["twos_used"], found.partly["twos_used"]) == (None, Quantity(1, 2, Unit.ONE))


def test_where_surveyors_alone_rate_nothing_is_said_of_the_text() -> None:
    usual, alone = told("5.3"), told("5.3", "-r", "LEVEL_PICK=surveyor_only")
    assert ("條文不決定" in usual, "條文不決定" in alone) == (True, False)
