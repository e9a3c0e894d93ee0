"""What is known about a subject, from when, on what evidence."""
