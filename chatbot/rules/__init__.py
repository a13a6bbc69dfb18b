"""What the bot decides before and after retrieval, pure: no database, no clock."""
