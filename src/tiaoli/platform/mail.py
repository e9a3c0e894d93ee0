"""Where mails go: to the console, or to the server that an address names."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit


def mail_settings(address: str | None) -> dict[str, Any]:
    """
    Django's settings for ``smtp://user:password@host:587?from=…`` (STARTTLS) or ``smtps://``.

    Raises ValueError for another scheme.
    """
    if address is None:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(address)
    if parts.scheme not in ("smtp", "smtps"):
        raise ValueError(
            "TIAOLI_MAIL 要寫成 smtp://帳號:密碼@主機:587。"
            f" / TIAOLI_MAIL is written smtp://user:password@host:587, not {parts.scheme}://"
        )
    sender = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair).get("from")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "DEFAULT_FROM_EMAIL": unquote(sender or "tiaoli@localhost"),
    }
