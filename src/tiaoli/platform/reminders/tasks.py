"""Tasks in the background; the queue is PostgreSQL."""

from __future__ import annotations

from procrastinate import App


def ready(app: App) -> None:
    """Where tasks are registered, once Django is set up."""
