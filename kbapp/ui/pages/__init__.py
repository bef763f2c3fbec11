"""Pages in tabs."""
