"""The real program is killed, starved and cut off, and what it had acknowledged is looked for afterwards."""
