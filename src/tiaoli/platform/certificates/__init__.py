"""What was issued, its status, and what the public sees of it."""
