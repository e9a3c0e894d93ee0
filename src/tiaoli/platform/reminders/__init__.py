"""What is about to happen, told to whom it concerns."""
