"""Writing notices, sending them, and what their readers decide."""
