"""Articles in the library: storing, listing, tags, near-duplicates."""
