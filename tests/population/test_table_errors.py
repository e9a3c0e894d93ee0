"""What is wrong with tables is told all at once: where, how often, and what to do."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest
from folders import PEOPLE, folder, rows

from tiaoli.population.tables import Facts, FactsError, from_dossiers, load, save

DAY = datetime.date


def problems(where: Path, **more: Any) -> dict[str, str]:
    """What is said in English, by place."""
    with pytest.raises(FactsError) as raised:
        load(where, **more)
    assert all(problem.says.zh and problem.says.en for problem in raised.value.problems)
    return {problem.place: problem.says.en for problem in raised.value.problems}


CASES: Mapping[str, tuple[str, Any, str, str]] = {
    "an unknown column": (
        "training",
        rows(hour=pa.array([1])),
        "training.parquet · hour",
        'There is no column "hour". Did you mean hours',
    ),
    "the mark of the other absence": (
        "membership",
        rows(to_date__none=[True]),
        "membership.parquet · to_date__none",
        'There is no column "to_date__none". Did you mean to_date__unknown',
    ),
    "a text for a day": (
        "training",
        rows(end_date=["2026-01-01"]),
        "training.parquet · end_date",
        "This column is date32; the file has string",
    ),
    "a binary fraction": (
        "credit_entry",
        rows(points=[0.1]),
        "credit_entry.parquet · points",
        "This column is decimal128(18, 6); the file has double",
    ),
    "a moment with a zone": (
        "course_session",
        rows(start=pa.array([0], pa.timestamp("s", "UTC"))),
        "course_session.parquet · start",
        "This column is timestamp[s] in Taipei, without a zone",
    ),
    "more places than are held": (
        "credit_entry",
        rows(points=[Decimal("1.0000000"), Decimal("0.0000001")]),
        "credit_entry.parquet · points · rows 2",
        '"1E-7" does not fit decimal128(18, 6) without loss',
    ),
    "a whole number too large for a decimal": (
        "credit_entry",
        rows(points=[1, 10**12]),
        "credit_entry.parquet · points · rows 2",
        '"1000000000000" does not fit',
    ),
    "parts of a second": (
        "course_session",
        rows(start=pa.array([1_000_000, 1], pa.timestamp("us"))),
        "course_session.parquet · start · rows 2",
        "does not fit timestamp[s]",
    ),
    "an unknown option": (
        "level_award",
        rows(level=["RT1", "RT9", None, "RT9"]),
        "level_award.parquet · level · rows 2, 4",
        '"Level" has no option "RT9". Did you mean RT4',
    ),
    "an unknown option in a list": (
        "credit_entry",
        rows(topics=[["gender"], ["gender", "genders"]]),
        "credit_entry.parquet · topics · rows 2",
        'has no option "genders". Did you mean gender?',
    ),
    "an empty item of a list": (
        "credit_entry",
        rows(topics=[None, ["gender", None]]),
        "credit_entry.parquet · topics · rows 2",
        "An item of the list is null",
    ),
    "an end before its start": (
        "membership",
        rows(from_date=[DAY(2024, 1, 2)] * 3, to_date=[DAY(2024, 1, 2), DAY(2024, 1, 1), None]),
        "membership.parquet · to_date · rows 2",
        '"To" 2024-01-01 is before "From" 2024-01-02',
    ),
    "less than nothing": (
        "training",
        rows(hours=[0, -60]),
        "training.parquet · hours · rows 2",
        'found "-60"',
    ),
    "more than anything": (
        "training",
        rows(hours=[10**12 - 1, 10**12]),
        "training.parquet · hours · rows 2",
        "A column holds amounts below 1,000,000,000,000",
    ),
    "a day of another century": (
        "training",
        rows(end_date=[DAY(1900, 1, 1), DAY(1899, 12, 31), DAY(2199, 12, 31), DAY(2200, 1, 1)]),
        "training.parquet · end_date · rows 2, 4",
        "A column holds days from 1900-01-01 to 2199-12-31",
    ),
    "a moment after the last day": (
        "course_session",
        rows(
            start=pa.array(
                [datetime.datetime(2199, 12, 31, 23, 59, 59), datetime.datetime(2200, 1, 1)],
                pa.timestamp("s"),
            )
        ),
        "course_session.parquet · start · rows 2",
        "A column holds days from",
    ),
    "no id": (
        "training",
        pa.table({"subject": ["甲", "甲"], "id": ["1", None]}),
        "training.parquet · id · rows 2",
        "Every row has the id of the record",
    ),
    "no subject": (
        "training",
        pa.table({"subject": ["甲", None], "id": ["1", "2"]}),
        "training.parquet · subject · rows 2",
        "Every row has the id of the subject",
    ),
    "no column of ids": (
        "training",
        pa.table({"subject": ["甲"]}),
        "training.parquet · id",
        "Every table has this column",
    ),
    "a record of nobody": (
        "training",
        pa.table({"subject": ["甲", "丙", "丙"], "id": ["1", "1", "2"]}),
        "training.parquet · subject · rows 2, 3",
        'There is no subject "丙". Valid names: 乙, 甲.',
    ),
    "an id that stands twice": (
        "training",
        pa.table({"subject": ["甲", "乙", "甲"], "id": ["1", "1", "1"]}),
        "training.parquet · id · rows 3",
        '"甲" already has a record with the id "1"',
    ),
    "the id of the subject": (
        "training",
        pa.table({"subject": ["甲"], "id": ["甲"]}),
        "training.parquet · id · rows 1",
        '"甲" already has a record with the id "甲"',
    ),
    "a control character": (
        "membership",
        rows(society=["學會", "學\x07會", "兩\t行"]),
        "membership.parquet · society · rows 2",
        "invisible control characters",
    ),
    "a control character in a list": (
        "clinical_service",
        rows(duty_items=[["a", "b"], ["a", "\x00b"]]),
        "clinical_service.parquet · duty_items · rows 2",
        "invisible control characters",
    ),
    "space around a text": (
        "membership",
        rows(society=["學會", "學會 ", ""]),
        "membership.parquet · society · rows 2, 3",
        "The text is empty, or has space around it",
    ),
    "a value and the mark of none": (
        "training",
        rows(end_date=[DAY(2024, 1, 1), None], end_date__none=[True, True]),
        "training.parquet · end_date__none · rows 1",
        "has a value, and end_date__none is true as well",
    ),
    "a tier that there is not": (
        "training",
        rows(tier=pa.array([1, 3, 0, 4], pa.int8())),
        "training.parquet · tier · rows 3, 4",
        "The tier is 1 (claimed), 2 (documented) or 3",
    ),
    "many rows with the same": (
        "training",
        rows(hours=[-1] * 1204),
        "training.parquet · hours · rows 1, 2, 3, 4, 5 … (1204 rows)",
        'found "-1"',
    ),
    "a kind that there is not": (
        "practitioner",
        pa.table({"subject": ["甲"], "id": ["甲"], "incomplete": [["training", "trainings"]]}),
        "practitioner.parquet · incomplete · rows 1",
        'There is no kind of record "trainings". Did you mean training',
    ),
    "incomplete on a record": (
        "practitioner",
        pa.table({"subject": ["甲", "甲"], "id": ["甲", "x"], "incomplete": [None, ["training"]]}),
        "practitioner.parquet · incomplete · rows 2",
        "Only the row of a subject",
    ),
    "a file of no kind": (
        "trainings",
        rows(hours=[1]),
        "trainings.parquet",
        'There is no kind of record "trainings". Did you mean training',
    ),
    "two columns of one name": (
        "training",
        pa.table([["甲"], ["1"], [60], [60]], names=["subject", "id", "hours", "hours"]),
        "training.parquet · hours",
        "Two columns have this name",
    ),
    "a file that is no table": ("training", None, "training.parquet", "The file cannot be read"),
    "a word for an amount": (
        "training",
        "subject,id,hours\n甲,1,60\n甲,2,1.5\n甲,3,一\n",
        "training.csv · hours · rows 2, 3",
        'Takes a whole number such as 90; found "1.5"',
    ),
    "a day that no calendar has": (
        "training",
        "subject,id,end_date\n甲,1,2024-02-29\n甲,2,2023-02-29\n甲,3,2024-13-01\n甲,4,2024-4-1\n",
        "training.csv · end_date · rows 2, 3, 4",
        'Takes a day such as 2026-06-30; found "2023-02-29"',
    ),
    "a moment that no clock has": (
        "course_session",
        "subject,id,start\n甲,1,2024-02-29 23:59\n甲,2,2024-02-29T24:00:00\n"
        "甲,3,2024-02-30 00:00\n",
        "course_session.csv · start · rows 2, 3",
        "Takes a day and time in Taipei",
    ),
    "neither true nor false": (
        "talk",
        "subject,id,invited\n甲,1,true\n甲,2,TRUE\n",
        "talk.csv · invited · rows 2",
        'Takes true or false; found "TRUE"',
    ),
    "too many places in a text": (
        "credit_entry",
        "subject,id,points\n甲,1,1.500000\n甲,2,1.0000001\n甲,3,1e3\n",
        "credit_entry.csv · points · rows 2, 3",
        "of no more than 6 decimal places",
    ),
    "a tier in words": (
        "training",
        "subject,id,tier\n甲,1,3\n甲,2,verified\n",
        "training.csv · tier · rows 2",
        'Takes 1, 2 or 3; found "verified"',
    ),
    "an empty item in a text": (
        "clinical_service",
        "subject,id,duty_items\n甲,1,a;b\n甲,2,a;;b\n",
        "clinical_service.csv · duty_items · rows 2",
        "The text is empty",
    ),
}


@pytest.mark.parametrize(("kind", "table", "place", "says"), CASES.values(), ids=CASES)
def test_what_is_wrong_is_told_where_it_is(
    kind: str, table: Any, place: str, says: str, tmp_path: Path
) -> None:
    where = folder(tmp_path, **{kind: table})
    if table is None:
        (where / "training.parquet").write_bytes(b"PAR1")
    told = problems(where)
    assert list(told) == [place]
    assert says in told[place]


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    training = rows(hours=[-1, 60], end_date=["x", "y"], hurs=[1, 1])
    award = pa.table({"subject": ["甲", "丙"], "id": ["award", "award"], "level": ["RT9", None]})
    assert sorted(problems(folder(tmp_path, training=training, level_award=award))) == [
        "level_award.parquet · level · rows 1",
        "level_award.parquet · subject · rows 2",
        "training.parquet · end_date",
        "training.parquet · hours · rows 1",
        "training.parquet · hurs",
    ]


def test_the_count_of_problems_is_told_in_both_languages(tmp_path: Path) -> None:
    with pytest.raises(FactsError) as raised:
        load(folder(tmp_path, training=rows(hours=[-1])))
    lines = str(raised.value).splitlines()
    assert lines[0] == "紀錄表有 1 處要修正。 / The tables need 1 correction(s)."
    assert len(lines) == 4


def test_a_kind_in_two_files_is_told(tmp_path: Path) -> None:
    where = folder(tmp_path, training="subject,id\n")
    pyarrow.parquet.write_table(rows(hours=[1]), where / "training.parquet")
    assert problems(where) == {
        "training.parquet": "training.csv holds this kind already. Keep one of the two files."
    }


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert list(problems(tmp_path / "gone")) == [str(tmp_path / "gone")]


def test_a_folder_without_subjects_is_told(tmp_path: Path) -> None:
    where = folder(tmp_path, practitioner=None, training=rows(hours=[1]))
    assert list(problems(where)) == ["subject"]


def test_subjects_of_two_kinds_are_told(tmp_path: Path) -> None:
    programme = pa.table({"subject": ["核醫"], "id": ["核醫"]})
    told = problems(folder(tmp_path, programme=programme))
    assert "subjects of one kind; practitioner.parquet and programme.parquet" in told["subject"]


def test_which_are_the_subjects_can_be_named_where_there_are_none(tmp_path: Path) -> None:
    empty = PEOPLE.slice(0, 0)
    where = folder(tmp_path, practitioner=empty, radiation_source=empty)
    assert "cannot be told" in problems(where)["subject"]
    assert "there is no table of it" in problems(where, subjects="programme")["subject"]
    assert load(where, subjects="practitioner").subject_kind == "practitioner"


def test_a_dangling_reference_is_a_warning(tmp_path: Path) -> None:
    people = pa.table({"subject": ["甲", "乙"], "id": ["甲", "乙"]})
    operations = pa.table(
        {"subject": ["甲", "乙", "甲"], "id": ["1", "1", "2"], "source": ["s", "s", None]}
    )
    sources = pa.table({"subject": ["甲"], "id": ["s"]})
    where = folder(tmp_path, practitioner=people, operation=operations, radiation_source=sources)
    (warning,) = load(where).warnings
    assert warning.place == "operation.parquet · source · rows 2"
    assert "radiation_source" in warning.says.en


def test_a_reference_to_a_record_of_another_kind_is_a_warning(tmp_path: Path) -> None:
    operations = rows(source=["2", "甲"])
    where = folder(tmp_path, operation=operations)
    (warning,) = load(where).warnings
    assert warning.place == "operation.parquet · source · rows 1, 2"


def test_a_judgement_may_be_about_any_record_and_about_the_subject(tmp_path: Path) -> None:
    judgements = pa.table({"subject": ["甲"] * 3, "id": ["a", "b", "c"], "about": ["t", "甲", "x"]})
    training = pa.table({"subject": ["甲"], "id": ["t"]})
    where = folder(tmp_path, judgement=judgements, training=training)
    assert [w.place for w in load(where).warnings] == ["judgement.parquet · about · rows 3"]


def saved(facts: Facts, into: Path, form: Any) -> dict[str, str]:
    with pytest.raises(FactsError) as raised:
        save(facts, into, form=form)
    return {problem.place: problem.says.en for problem in raised.value.problems}


def test_nothing_is_written_over(tmp_path: Path) -> None:
    facts = from_dossiers([])
    save(facts, tmp_path)
    before = (tmp_path / "practitioner.parquet").read_bytes()
    told = saved(facts, tmp_path, "csv")
    assert list(told) == ["practitioner.parquet"]
    assert [path.name for path in tmp_path.iterdir()] == ["practitioner.parquet"]
    assert (tmp_path / "practitioner.parquet").read_bytes() == before


def test_a_list_that_text_cannot_hold_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    items = pa.array([["a", "b"], ["a;b"], ["[]"]])
    facts = load(folder(tmp_path, clinical_service=rows(duty_items=items)))
    told = saved(facts, tmp_path / "to", "csv")
    assert list(told) == ["clinical_service.csv · duty_items · rows 2, 3"]
    assert not (tmp_path / "to").exists()
