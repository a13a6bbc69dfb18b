"""The chat's pages; all but the live parts work without scripts."""
