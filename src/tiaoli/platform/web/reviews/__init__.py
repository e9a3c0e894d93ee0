"""Reviews: the queue, the page of one file, several at once, how the house reviews."""
