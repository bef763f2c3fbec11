"""Folding, dates, media types, file names: one of each for the whole house."""
