"""When a notice goes out, and by which ways. Pure."""
