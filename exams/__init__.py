"""Certification of special-operations workers: bank, papers, sittings, attempts, practicals, certificates."""
