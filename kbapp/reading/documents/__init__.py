"""Documents: PDF, DOCX, ODT, RTF, EPUB."""
