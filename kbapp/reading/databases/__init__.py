"""Press databases, which put many articles into one file."""
