"""What may be done to campaigns."""
