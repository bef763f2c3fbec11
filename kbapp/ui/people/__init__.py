"""What the window does with people."""
