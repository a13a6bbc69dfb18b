"""Template filters of the bot."""
