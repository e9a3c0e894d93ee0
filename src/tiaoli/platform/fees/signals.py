"""What others may wait for. TO BE REPLACED by the fees app's own module of this name."""

from django.dispatch import Signal

notice_paid = Signal()
"""``sender=Notice, notice=…``: a notice was paid in full."""
