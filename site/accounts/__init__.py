"""Users, real-name persons and their roles."""
