"""An invented world: organisations, people and cases in every state."""
