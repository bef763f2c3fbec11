"""Colour schemes, theme, icons."""
