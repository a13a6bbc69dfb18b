"""What may be done to articles and the index."""
