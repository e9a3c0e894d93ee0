"""The rule room: every regulation in the open, and how its readings are chosen and compared."""
