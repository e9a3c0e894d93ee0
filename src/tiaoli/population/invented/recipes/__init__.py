"""The recipes, one file for each field. Everything that comes of them is invented."""
