"""Filters of the exam pages."""
