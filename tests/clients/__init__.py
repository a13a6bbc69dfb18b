"""Programs of other houses."""
