"""Rules about people, pure: no database, no clock."""
