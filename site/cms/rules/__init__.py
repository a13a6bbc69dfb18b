"""Rules about content, pure."""
