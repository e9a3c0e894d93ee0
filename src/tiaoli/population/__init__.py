"""The same rules, read over a whole population at once: facts as columns, rules as expressions."""
