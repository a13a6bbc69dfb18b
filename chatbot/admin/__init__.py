"""The bot in the administration: the staff desk, the questions that are offered, the triage rules."""
