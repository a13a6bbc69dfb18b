"""Pages of people's own affairs."""
