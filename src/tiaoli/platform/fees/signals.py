"""What others may wait for."""

from __future__ import annotations

from typing import Final

from django.dispatch import Signal

notice_paid: Final = Signal()
"""
``sender=Notice, notice=…``: a notice was paid in full. Sent once, after the match is committed.

A receiver that fails is logged and stops no other; the notice stays paid.
"""
