"""What other programs export: read-later services, bookmarks, highlights."""
