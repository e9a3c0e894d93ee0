"""The front page: what you must do first."""
