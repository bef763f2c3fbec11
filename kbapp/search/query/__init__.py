"""From the text of a query to a tree of nodes."""
