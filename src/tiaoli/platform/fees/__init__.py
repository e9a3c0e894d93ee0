"""Notices, statements, receipts, refunds."""
