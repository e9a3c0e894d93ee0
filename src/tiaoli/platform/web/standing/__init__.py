"""Where a person stands: for each regulation that concerns them, in words and clause by clause."""
