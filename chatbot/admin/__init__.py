"""The chat in the administration: the staff desk, the questions that are offered."""
