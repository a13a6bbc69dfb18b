"""The bot in the administration."""
