"""A declared procedure, run: states, turns, guards, deadlines."""
