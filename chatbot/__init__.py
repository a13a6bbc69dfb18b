"""The bot: triage, answering from approved text, and its channels."""
