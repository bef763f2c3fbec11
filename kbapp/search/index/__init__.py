"""The Whoosh index: schema, analysis, documents, writing."""
