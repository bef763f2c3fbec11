"""Reference lists: RIS, BibTeX, CSL-JSON."""
