"""Reading what was asked: conversations, gaps, the use of articles, curated answers."""
