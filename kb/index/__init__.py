"""The index: what it is made of, how it is built beside the old one, kept in versions and read."""
