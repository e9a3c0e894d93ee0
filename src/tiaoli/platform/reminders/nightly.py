"""What is done every night, before anybody is told of it."""

from __future__ import annotations

import datetime

from tiaoli.platform.audit.actions import THE_DAY
from tiaoli.platform.certificates.actions import begin, due_to_begin
from tiaoli.platform.reminders import ahead


def look(day: datetime.date) -> None:
    """Changes of certificates whose day has come take effect; then what comes is told."""
    for certificate in due_to_begin(day):
        begin(THE_DAY, certificate)
    ahead.look(day)
