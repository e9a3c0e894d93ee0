"""
A question asked of a whole population in SQL: on DuckDB in this process, on PostgreSQL where the
data lie, or on Spark.

``evaluate`` is the door. The terms and the order of work (``population.plan``) are written as one
query: ``relations`` says how a block becomes relations, ``gathering`` and ``allotting`` how records
are aggregated, ``writing`` what each operation is, ``dialects`` where engines differ.
"""

from tiaoli.population.sql.engines import connected, duckdb, postgres, spark
from tiaoli.population.sql.evaluating import evaluate
from tiaoli.population.sql.gathering import AGGREGATES
from tiaoli.population.sql.problems import NotForSql, UnknownOperation, told
from tiaoli.population.sql.writing import OPERATIONS

__all__ = [
    "AGGREGATES",
    "OPERATIONS",
    "NotForSql",
    "UnknownOperation",
    "connected",
    "duckdb",
    "evaluate",
    "postgres",
    "spark",
    "told",
]
