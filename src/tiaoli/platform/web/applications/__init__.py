"""Applications: opened, filled in, handed in, followed."""
