"""The trail: what was done, by whom, and whether the chain is whole."""
