"""Who looks at a file, and what they find."""
