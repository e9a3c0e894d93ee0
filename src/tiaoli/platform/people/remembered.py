"""
What every process has to know for a while: wrong passwords, look-ups by number, codes used once.

Django's cache, kept in a table, so that a lock-out holds whichever process answers next. Each
change is one statement: of two at once, neither is lost. The clock is the database's. Values are
what JSON can say. What has run out is taken out by those that come in, two for each.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection

_HOLDS: Final = "(expires IS NULL OR expires > statement_timestamp())"
_PUT: Final = """
    INSERT INTO people_remembered AS there (key, value, expires)
    VALUES (%s, %s::jsonb, statement_timestamp() + %s * interval '1 second')
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires = excluded.expires
"""
_WHERE_RUN_OUT: Final = "WHERE there.expires <= statement_timestamp()"
_TAKE_OUT: Final = """
    DELETE FROM people_remembered WHERE key IN (
        SELECT key FROM people_remembered WHERE expires <= statement_timestamp()
        ORDER BY expires LIMIT 2 FOR UPDATE SKIP LOCKED
    )
"""


class Remembered(BaseCache):
    """As ``CACHES`` names it; the table is that of ``models.Remembered``."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """False where it is there already; of two at once, one adds it."""
        self._ask(_TAKE_OUT, [])
        return self._put(key, value, timeout, version, _WHERE_RUN_OUT)

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        self._put(key, value, timeout, version, "")

    def _put(self, key: str, value: Any, timeout: Any, version: int | None, where: str) -> bool:
        named = self.make_and_validate_key(key, version=version)
        return bool(self._ask(_PUT + where, [named, json.dumps(value), self._seconds(timeout)]))

    def _seconds(self, timeout: Any) -> float | None:
        return self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """The sum; it holds as long as before. Raises ValueError where there is none."""
        named = self.make_and_validate_key(key, version=version)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE people_remembered SET value = to_jsonb((value #>> '{}')::bigint + %s)"
                f" WHERE key = %s AND {_HOLDS} RETURNING (value #>> '{{}}')::bigint",
                [delta, named],
            )
            row = cursor.fetchone()
        if row is None:
            raise ValueError(f"nothing is remembered as {key!r}")
        return int(row[0])

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self.get_many([key], version).get(key, default)

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        named = {self.make_and_validate_key(key, version=version): key for key in keys}
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT key, value::text FROM people_remembered WHERE key = ANY(%s) AND {_HOLDS}",
                [list(named)],
            )
            return {named[key]: json.loads(value) for key, value in cursor.fetchall()}

    def set_many(
        self,
        data: Mapping[str, Any],
        timeout: Any = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> list[str]:
        for key, value in data.items():
            self.set(key, value, timeout, version)
        return []

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        named = self.make_and_validate_key(key, version=version)
        return bool(
            self._ask(
                "UPDATE people_remembered SET"
                " expires = statement_timestamp() + %s * interval '1 second'"
                f" WHERE key = %s AND {_HOLDS}",
                [self._seconds(timeout), named],
            )
        )

    def delete(self, key: str, version: int | None = None) -> bool:
        named = self.make_and_validate_key(key, version=version)
        return bool(
            self._ask(f"DELETE FROM people_remembered WHERE key = %s AND {_HOLDS}", [named])
        )

    def clear(self) -> None:
        self._ask("DELETE FROM people_remembered", [])

    def _ask(self, statement: str, given: list[Any]) -> int:
        """How many rows it changed."""
        with connection.cursor() as cursor:
            cursor.execute(statement, given)
            return int(cursor.rowcount)
