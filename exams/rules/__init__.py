"""Exam rules, pure: no database, no clock."""
