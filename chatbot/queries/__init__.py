"""Reading what the bot goes by and what was asked."""
