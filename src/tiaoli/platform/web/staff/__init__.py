"""For hospitals and societies: who is there, what is coming, how long things take."""
