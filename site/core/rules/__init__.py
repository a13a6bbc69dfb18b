"""Rules of the kernel, pure: no database, no clock."""
