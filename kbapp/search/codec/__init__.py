"""How postings and terms are stored on disk."""
