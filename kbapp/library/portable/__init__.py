"""A library as plain rows for an export, and back."""
