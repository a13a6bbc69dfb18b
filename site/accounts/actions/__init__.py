"""What may be done to users and persons."""
