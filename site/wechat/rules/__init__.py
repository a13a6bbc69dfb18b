"""The official account's protocol, pure: no database, no clock, no network."""
