"""The ways out: JSON objects of the command line, Markdown with YAML front matter, citations."""
