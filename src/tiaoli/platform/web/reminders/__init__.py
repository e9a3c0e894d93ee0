"""Reminders, the mails they went out in, and a private calendar."""
