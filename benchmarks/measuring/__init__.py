"""Whole processes timed against a reference in the same run, on the same data."""
