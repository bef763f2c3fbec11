"""Search over a plain Whoosh index: schema, writer, query language, exact ranking, snippets."""
