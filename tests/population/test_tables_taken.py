"""Tables are taken as they are meant: types of one family, text by the layout, never guessed."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from folders import folder, rows

from tiaoli.facts.kinds import NONE
from tiaoli.population.tables import load

DAY = datetime.date


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("society", pa.array(["學會"]).dictionary_encode()),
        ("society", pa.array(["學會"], pa.large_string())),
        ("society", pa.array(["學會"], pa.string_view())),
        ("from_date", pa.array([DAY(2024, 1, 1)], pa.date64())),
        ("tier", pa.array([2], pa.int64())),
        ("society", pa.nulls(1)),
    ],
)
def test_a_type_of_the_same_family_is_taken(name: str, column: Any, tmp_path: Path) -> None:
    facts = load(folder(tmp_path, membership=rows(**{name: column})))
    (fact,) = facts.dossier("甲").facts
    told = {"tier": int(fact.tier)}.get(name, fact.values.get(name))
    expected = column.to_pylist()[0]
    assert told == (NONE if expected is None else expected)


def test_decimals_of_other_precision_and_whole_numbers_are_taken(tmp_path: Path) -> None:
    for n, points in enumerate(
        [
            pa.array([Decimal("1.5")], pa.decimal128(4, 1)),
            pa.array([Decimal("1.5")], pa.decimal256(60, 20)),
            pa.array([2], pa.uint8()),
        ]
    ):
        (tmp_path / str(n)).mkdir()
        facts = load(folder(tmp_path / str(n), credit_entry=rows(points=points)))
        assert facts.dossier("甲").facts[0].values["points"] == points.to_pylist()[0]


def test_a_table_of_text_is_read_by_the_layout_and_never_guessed(tmp_path: Path) -> None:
    written = (
        "id,subject,society,from_date,to_date,to_date__unknown,member_class\n"
        '007,甲,"2024-01-01",2024-02-29,,true,individual\n'
        "1e3,甲,NULL,,2024-03-01,,\n"
    )
    first, second = load(folder(tmp_path, membership=written)).dossier("甲").facts
    assert (first.id, second.id) == ("007", "1e3")
    assert first.values == {
        "society": "2024-01-01",
        "from_date": DAY(2024, 2, 29),
        "to_date": None,
        "member_class": "individual",
    }
    assert second.values == {
        "society": "NULL",
        "from_date": None,
        "to_date": DAY(2024, 3, 1),
        "member_class": NONE,
    }


def test_a_table_with_a_byte_order_mark_and_lists_is_read(tmp_path: Path) -> None:
    written = "\ufeffsubject,id,duty_items\n甲,1,甲；乙、丙; 丁\n甲,2,[]\n甲,3,\n"
    facts = load(folder(tmp_path, clinical_service=written)).dossier("甲").facts
    assert [fact.values["duty_items"] for fact in facts] == [("甲", "乙", "丙", "丁"), (), NONE]
