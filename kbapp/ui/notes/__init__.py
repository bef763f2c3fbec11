"""Notes, boards and their lock."""
