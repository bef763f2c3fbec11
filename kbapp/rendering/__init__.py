"""Pages as HTML text, made from the library's data by Jinja2 templates with autoescape. No Qt: they are tested as text."""
