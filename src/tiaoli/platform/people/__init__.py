"""Organisations, persons, accounts, and who holds which role when."""
