"""Searching from the window."""
