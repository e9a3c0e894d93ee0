"""The command line: ask, timeline, plan and the rest. Start at ``main.py``."""
