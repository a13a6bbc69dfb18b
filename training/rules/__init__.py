"""Rules of training, pure: no database, no clock."""
