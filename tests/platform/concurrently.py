"""Several acts at the same moment, each on a connection, or in a process, of its own."""

import os
import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each returned, or the exception that it raised."""
    barrier = threading.Barrier(len(acts))
    found: list[Any] = [None] * len(acts)

    def run(index: int, act: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            found[index] = act()
        except Exception as error:
            found[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(i, act)) for i, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return found


def faults_at_once(*acts: Callable[[], Any]) -> list[type[Exception]]:
    """What sort of exception some of them raised."""
    return [type(found) for found in at_once(*acts) if isinstance(found, Exception)]


def another_process() -> dict[str, str]:
    """The environment of another process that works on the database of this test."""
    database = connection.settings_dict
    address = (
        f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
        if database["HOST"].startswith("/")
        else f"postgresql://{database['USER']}:{database['PASSWORD']}@{database['HOST']}"
        f":{database['PORT']}/{database['NAME']}"
    )
    return {**os.environ, "DATABASE_URL": address}
