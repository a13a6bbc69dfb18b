"""Gaps: put together, closed by what the index answers now, and decided on by editors."""
