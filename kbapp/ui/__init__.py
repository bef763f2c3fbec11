"""The window: thin widgets that get models and emit intents. No SQL, no files, no HTML is made here."""
