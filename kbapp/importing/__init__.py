"""The one way in: files are read in workers, stored in transactions, indexed; each outcome is reported when it is safe."""
