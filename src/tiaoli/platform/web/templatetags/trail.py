"""``{% history_of thing as history %}``: what was done to a thing; see ``trail/history.html``."""

from __future__ import annotations

from typing import Any

from django import template

from tiaoli.platform.web.trail.history import Entry
from tiaoli.platform.web.trail.history import history_of as found

register = template.Library()


@register.simple_tag
def history_of(thing: Any) -> list[Entry]:
    """The latest events of a thing; none of nothing."""
    return [] if thing is None else found(thing)
