"""The pages: what a person sees, and nothing decided."""
