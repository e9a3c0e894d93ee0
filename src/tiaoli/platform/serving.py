"""
Serving the platform: everything that a fresh machine needs, started and stopped together.

``demo``: assets, database, tables, the invented world where nobody lives yet, then the server.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable

from tiaoli.platform import database

Tell = Callable[[str], None]


def prepare(tell: Tell) -> None:
    """Assets, and tables up to date. Django must be set up."""
    from django.conf import settings
    from django.core.management import call_command

    from tiaoli.platform.web import assets

    assets.install(settings.VAR, tell)
    tell("==> 資料表 bringing tables up to date")
    call_command("migrate", verbosity=0, interactive=False)
    if not settings.DEBUG:
        call_command("collectstatic", verbosity=0, interactive=False)


def serve(host: str, port: int, tell: Tell) -> int:
    """
    The server, and the worker that runs tasks beside it, until Ctrl-C; both are stopped then.

    A child that ends by itself stops the other, and its exit code is ours. An embedded database is
    held by this process alone, so that it stops with it, however a child ends.
    """
    from django.conf import settings

    environment = dict(os.environ)
    if "DATABASE_URL" not in environment:
        environment["DATABASE_URL"] = database.started(settings.VAR / "postgres")
    worker = [sys.executable, "-m", "tiaoli.cli.main", "platform", "worker"]
    server = [
        sys.executable, "-m", "uvicorn", "tiaoli.platform.asgi:application",
        "--host", host, "--port", str(port), "--no-access-log", "--lifespan", "off",
    ]  # fmt: skip
    children = [subprocess.Popen(command, env=environment) for command in (server, worker)]
    asked_to_stop = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: asked_to_stop.append(True))
    code = 0
    while not asked_to_stop:
        ended = [child for child in children if child.poll() is not None]
        if ended:
            code = ended[0].returncode or 1
            break
        try:
            children[0].wait(0.5)
        except subprocess.TimeoutExpired:
            continue
    tell("==> 停止 stopping")
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    return code
