"""Courses, lessons and the time people really spend on them."""
