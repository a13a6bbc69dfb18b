"""What the room reads: conversations, the desk, rules, curated answers, gaps, the use of articles."""
