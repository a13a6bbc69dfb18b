"""What the bot does: it is asked, answers and keeps a masked note."""
