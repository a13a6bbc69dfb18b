"""Finding messages that still wait for a reply."""
