"""Which regulations are encoded. The only door to them is ``catalogue.py``."""
