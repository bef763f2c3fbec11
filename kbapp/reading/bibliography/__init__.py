"""Lists of references: RIS, BibTeX, CSL-JSON, Zotero's RDF and table."""
