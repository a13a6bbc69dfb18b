"""Campaigns: Safety Production Month, 5·12, 7·28 and whatever editors start next."""
