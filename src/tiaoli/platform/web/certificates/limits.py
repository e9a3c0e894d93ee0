"""How often one address may look up numbers, so that nobody reads a register by trying them out."""

from __future__ import annotations

from typing import Final

from django.core.cache import cache
from django.http import HttpRequest

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock

A_MINUTE: Final = 30
TOO_OFTEN: Final = Label(
    f"一分鐘最多查 {A_MINUTE} 次，請稍後再查。掃描證明上的 QR 碼不受這個限制。",
    f"At most {A_MINUTE} look-ups a minute: try again in a while. "
    "The QR code on a certificate is not limited.",
)


def too_often(request: HttpRequest) -> bool:
    """Count one look-up of this address; whether that is more than it may."""
    minute = int(clock.now().timestamp() // 60)
    key = f"certificates.look_up:{request.META.get('REMOTE_ADDR', '')}:{minute}"
    cache.add(key, 0, timeout=120)
    return cache.incr(key) > A_MINUTE
