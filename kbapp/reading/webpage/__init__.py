"""Web pages: the DOM, metadata, JSON-LD, authors, and the main content."""
