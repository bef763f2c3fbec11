"""Importing from the window."""
